package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"casus"
	"casus/lab"
	"casus/ledger"
	"casus/picture"
)

// The bars of a big ledger, beside those of the questions: see drawnQuestions.
const (
	appendMust, appendAim = 5_000, 30_000 // records a second
	memoryMust, memoryAim = 500, 200      // MB resident while answering
	apiMust               = 150           // ms, p95 of each answer of the API
)

// makeLedger makes the big ledger, if it is not there.
func (b *bench) makeLedger() error {
	if _, err := os.Stat(b.ledger); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	making := b.ledger + ".part"
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(making + suffix)
	}
	// In a process of its own: a child's peak memory is never counted as less than its parent's.
	stored, _, err := b.generate(making, "--articles", strconv.Itoa(b.Articles), "--records", strconv.Itoa(b.Records), "--correct", strconv.Itoa(b.Articles/100))
	if err != nil {
		return err
	}
	b.rate(fmt.Sprintf("bulk load, %d articles a transaction", lab.Batch), stored)
	if err := os.Rename(making, b.ledger); err != nil {
		return unwritable(b.ledger, err)
	}
	return nil
}

// generate runs casus lab generate on a ledger.
func (b *bench) generate(ledger string, args ...string) (stored lab.Stored, took cost, err error) {
	var out bytes.Buffer
	took, err = b.run(&out, nil, append([]string{"--ledger", ledger, "lab", "generate", "--json", b.Samples}, args...)...)
	if err == nil {
		err = json.Unmarshal(out.Bytes(), &stored)
	}
	return stored, took, err
}

func (b *bench) rate(what string, s lab.Stored) {
	fmt.Fprintf(b.stdout, "%-58s %.0f records/s (%d in %.1f s; %.3f s of processor time for 1,000)   must %d  aim %d\n",
		"append: "+what, float64(s.Records)/s.Seconds, s.Records, s.Seconds, 1000*s.Processor/float64(s.Records), appendMust, appendAim)
}

// appending stores articles one by one, as they come in, and together, as casus
// read does where they are ready, in a new ledger and in a copy of the big one.
func (b *bench) appending() error {
	dir, err := os.MkdirTemp(b.Keep, "append-")
	if err != nil {
		return unwritable(b.Keep, err)
	}
	defer os.RemoveAll(dir)
	big := filepath.Join(dir, "big.db")
	if _, err := b.once(nil, "--ledger", b.ledger, "ledger", "backup", big); err != nil {
		return err
	}
	const articles = 1000
	for i, batch := range []int{1, together} {
		for _, into := range []struct {
			name, file string
			from       int
		}{{"new ledger", filepath.Join(dir, fmt.Sprintf("new-%d.db", batch)), 0}, {"big ledger", big, b.Articles + i*articles}} {
			stored, _, err := b.generate(into.file, "--articles", strconv.Itoa(articles), "--records", strconv.Itoa(articles*b.Records/b.Articles),
				"--batch", strconv.Itoa(batch), "--from", strconv.Itoa(into.from))
			if err != nil {
				return err
			}
			b.rate(plural(batch, "article")+" a transaction, "+into.name, stored)
		}
	}
	return nil
}

// answers puts the big ledger the questions of casus lab ask.
func (b *bench) answers() error {
	took, err := b.run(b.stdout, nil, "--ledger", b.ledger, "lab", "ask", "--times", strconv.Itoa(b.Times), "--most", b.Most.String())
	if err != nil {
		return err
	}
	b.memory("while answering these", took.peak)
	return nil
}

func (b *bench) memory(when string, bytes int64) {
	fmt.Fprintf(b.stdout, "%-58s %d MB at most   must %d  aim %d\n", "resident memory "+when, bytes>>20, memoryMust, memoryAim)
}

// serving asks a served ledger over HTTP.
func (b *bench) serving() error {
	ctx, stop := context.WithCancel(b.ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, b.self, "--ledger", b.ledger, "serve", "--port", "0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("serving the ledger: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("serving the ledger: %w", err)
	}
	err = b.askServer(out, cmd.Process.Pid)
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait() // it was stopped
	if err != nil {
		return err
	}
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		b.memory("while serving", use.Maxrss*1024)
	}
	return nil
}

// askServer asks the server with a process id, which prints its address on out.
func (b *bench) askServer(out io.Reader, server int) error {
	line, err := bufio.NewReader(out).ReadString('\n')
	_, address, found := strings.Cut(line, " at ")
	if err != nil || !found {
		return fmt.Errorf("serving the ledger: it said %q: %w", line, err)
	}
	address, _, _ = strings.Cut(address, " ")
	asked := *b.desk
	asked.ledger = b.ledger
	return ask(&asked, []string{"anybody"}, func(p *picture.Picture) error {
		draw, err := newDrawing(b.ctx, p, 2)
		if err != nil {
			return err
		}
		known, err := p.Timeline(b.ctx, picture.Question{Limit: 500})
		if err != nil {
			return err
		}
		for _, q := range apiQuestions() {
			t := timing{Question: "GET " + strings.TrimPrefix(q.name, "/api"), Must: apiMust}
			begun, spent := time.Now(), processorTimeOf(server)
			for i := 0; i <= b.Times && time.Since(begun) < b.Most; i++ {
				took, err := fetch(b.ctx, address+q.path(draw.next(), known.Entries[draw.random.IntN(len(known.Entries))], draw.random))
				if t.GaveUp = errors.Is(err, errGaveUp); err != nil && !t.GaveUp {
					return err
				}
				if i > 0 || t.GaveUp {
					t.took = append(t.took, took)
				}
				if t.GaveUp {
					break
				}
			}
			if t.CPU = ms(processorTimeOf(server) - spent); len(t.took) > 0 {
				fmt.Fprintln(b.stdout, t.summed())
			}
		}
		return nil
	})
}

// processorTimeOf is what another process has spent so far, to a hundredth of
// a second; 0 where the system does not tell (proc(5)).
func processorTimeOf(process int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name before it may have spaces
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	if err1 != nil || err2 != nil {
		return 0
	}
	return time.Duration(user+system) * (time.Second / 100)
}

// errGaveUp says that the server gave up on a question.
var errGaveUp = errors.New("the answer took too long")

// fetch gets an answer of the API whole. Where the server wants to be asked
// less often it waits, which does not count.
func fetch(ctx context.Context, address string) (time.Duration, error) {
	start := time.Now()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0, err
	}
	switch {
	case response.StatusCode == http.StatusTooManyRequests:
		time.Sleep(time.Second)
		return fetch(ctx, address)
	case response.StatusCode == http.StatusServiceUnavailable:
		return time.Since(start), errGaveUp
	case response.StatusCode != http.StatusOK:
		return 0, fmt.Errorf("%s: %s", address, response.Status)
	}
	return time.Since(start), nil
}

// apiQuestion is an address of the API with what is drawn for it.
type apiQuestion struct {
	name string
	path func(q drawn, e ledger.Entry, random *rand.Rand) string
}

func apiQuestions() []apiQuestion {
	day := func(d casus.Date) string { return d.String() }
	simple := func(path string) apiQuestion {
		return apiQuestion{path, func(drawn, ledger.Entry, *rand.Rand) string { return path }}
	}
	return []apiQuestion{
		simple("/api/timeline"), simple("/api/articles"), simple("/api/actors"), simple("/api/totals"), simple("/api/names/nl"),
		{"/api/timeline?actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string { return "/api/timeline?actor=" + q.actor }},
		{"/api/timeline?actor&with", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/timeline?actor=" + q.actor + "&with=" + q.other
		}},
		{"/api/timeline?from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/timeline?from=" + day(q.day) + "&to=" + day(q.day+30)
		}},
		{"/api/timeline?kind&type&status", func(drawn, ledger.Entry, *rand.Rand) string {
			return "/api/timeline?kind=event&type=ASSAULT&status=denied"
		}},
		simple("/api/months"),
		{"/api/months?actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string { return "/api/months?actor=" + q.actor }},
		{"/api/said?actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string { return "/api/said?actor=" + q.actor }},
		{"/api/commitments?actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string { return "/api/commitments?actor=" + q.actor }},
		{"/api/flows?from", func(q drawn, _ ledger.Entry, _ *rand.Rand) string { return "/api/flows?from=" + q.actor }},
		{"/api/figures?of", func(_ drawn, _ ledger.Entry, random *rand.Rand) string {
			return "/api/figures?of=" + []string{"soldaten", "soldiers", "vluchtelingen", "km"}[random.IntN(4)]
		}},
		{"/api/records/ID", func(q drawn, e ledger.Entry, _ *rand.Rand) string {
			return "/api/records/" + string(cmp.Or(q.record, e.ID))
		}},
		{"/api/articles/ID", func(_ drawn, e ledger.Entry, _ *rand.Rand) string { return "/api/articles/" + string(e.Article.ID) }},
		{"/api/find?words", func(_ drawn, _ ledger.Entry, random *rand.Rand) string {
			return "/api/find?words=" + []string{"grens+troepen", "border", "Taliban", "ceasefire+talks"}[random.IntN(4)]
		}},
		{"/api/things?actor&from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/things?actor=" + q.actor + "&from=" + day(q.day) + "&to=" + day(q.day+30)
		}},
		{"/api/situation?as_of", func(q drawn, _ ledger.Entry, _ *rand.Rand) string { return "/api/situation?as_of=" + day(q.day) }},
		{"/api/situation?as_of&actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/situation?as_of=" + day(q.day) + "&actor=" + q.actor
		}},
		{"/api/diff?from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/diff?from=" + day(q.day) + "&to=" + day(q.day+7)
		}},
		{"/api/contradictions?from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/contradictions?from=" + day(q.day) + "&to=" + day(q.day+30)
		}},
		{"/api/contradictions?from&to&actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/contradictions?from=" + day(q.day) + "&to=" + day(q.day+30) + "&actor=" + q.actor
		}},
		{"/api/commitments/followed?actor&limit", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/commitments/followed?limit=200&actor=" + q.actor
		}},
		{"/api/commitments/followed?limit", func(drawn, ledger.Entry, *rand.Rand) string { return "/api/commitments/followed?limit=50" }},
		{"/api/commitments/followed?from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/commitments/followed?from=" + day(q.day) + "&to=" + day(q.day+30)
		}},
		{"/api/dyad?a&b&from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/dyad?a=" + q.actor + "&b=" + q.other + "&from=" + day(q.day) + "&to=" + day(q.day+365)
		}},
		{"/api/drift?from&to", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/drift?from=" + day(q.day) + "&to=" + day(q.day+30)
		}},
		{"/api/brief?since&until&actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/brief?since=" + day(q.day) + "&until=" + day(q.day+7) + "&actor=" + q.actor
		}},
		{"/api/brief?since&until", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/brief?since=" + day(q.day) + "&until=" + day(q.day+7)
		}},
		{"/api/records/ID/history", func(q drawn, e ledger.Entry, _ *rand.Rand) string {
			return "/api/records/" + string(cmp.Or(q.record, e.ID)) + "/history"
		}},
		{"/api/records/ID/group", func(q drawn, e ledger.Entry, _ *rand.Rand) string {
			return "/api/records/" + string(cmp.Or(q.record, e.ID)) + "/group"
		}},
		{"/api/network?actor", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/network?as_of=" + day(q.day) + "&actor=" + q.actor
		}},
		simple("/api/review"), simple("/api/corrections"), simple("/api/sources"), simple("/api/import"),
		{"/api/timeline?format=csv", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/timeline?format=csv&actor=" + q.actor
		}},
		{"/api/timeline?format=geojson", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/timeline?format=geojson&actor=" + q.actor
		}},
		{"/api/show/ACTOR?as_of", func(q drawn, _ ledger.Entry, _ *rand.Rand) string {
			return "/api/show/" + url.PathEscape(q.actor) + "?as_of=" + day(q.day)
		}},
	}
}
