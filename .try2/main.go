package main

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"sort"
	"time"

	"casus"
	"casus/ledger"
	"casus/ledger/sqlite"
)

type spy struct {
	ledger.Ledger
	on bool
	rows []row
}
type row struct {
	d time.Duration
	s string
}

func (s *spy) Records(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	t := time.Now()
	p, err := s.Ledger.Records(ctx, q)
	if s.on {
		s.rows = append(s.rows, row{time.Since(t), fmt.Sprintf("records %v type=%s actor=%s roles=%v from=%v to=%v arts=%d lim=%d known=%v -> %d", q.Kinds, q.Type, q.Actor, q.Roles, q.From, q.To, len(q.Articles), q.Limit, !q.Known.IsZero(), len(p.Entries))})
	}
	return p, err
}
func (s *spy) Relations(ctx context.Context, q ledger.RelationQuery) ([]ledger.Entry, error) {
	t := time.Now()
	p, err := s.Ledger.Relations(ctx, q)
	if s.on {
		s.rows = append(s.rows, row{time.Since(t), fmt.Sprintf("relations -> %d", len(p))})
	}
	return p, err
}

func main() {
	ctx := context.Background()
	l, err := sqlite.Open(ctx, os.Args[1], sqlite.Options{})
	if err != nil {
		panic(err)
	}
	s := &spy{Ledger: l, on: true}
	f, _ := os.Create("/tmp/big/t2.prof")
	pprof.StartCPUProfile(f)
	run(ctx, s)
	pprof.StopCPUProfile()
	_ = casus.Date(0)
	sort.Slice(s.rows, func(i, j int) bool { return s.rows[i].d > s.rows[j].d })
	for i, r := range s.rows {
		if i < 40 {
			fmt.Println(r.d.Round(time.Microsecond*10), r.s)
		}
	}
}
