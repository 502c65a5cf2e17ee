package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"casus"
	"casus/picture"
)

func run(ctx context.Context, s *spy) {
	p := picture.New(s, nil)
	s.on = false
	actors := os.Args[2:]
	for i, a := range actors {
		for j, d := range []string{"2019-05-01", "2021-07-05", "2022-02-01", "2020-06-06","2018-02-03","2019-09-09","2021-01-01","2021-11-12","2022-05-06","2020-02-02","2018-10-10"} {
			for _, known := range []bool{false} {
				day, _ := casus.ParseDate(d)
				q := picture.ShowQuestion{Actor: a, AsOf: day}
				if known {
					q.Known = day.AddDays(20).Time()
				}
				s.on = i+j > 0
				n := len(s.rows)
				t := time.Now()
				if _, err := p.Show(ctx, q); err != nil {
					panic(err)
				}
				sum := time.Duration(0)
				for _, r := range s.rows[n:] {
					sum += r.d
				}
				fmt.Println(a, d, known, time.Since(t).Round(100*time.Microsecond), "ledger", sum.Round(100*time.Microsecond), "calls", len(s.rows)-n)
			}
		}
	}
}
