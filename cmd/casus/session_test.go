package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/ledger"
)

// numbered is the n-th of as many short articles as a test needs: Dutch, each
// with another text and other records.
func numbered(n int) string {
	actors := []string{"Rusland", "China", "Pakistan", "Iran", "Oezbekistan", "Kazachstan", "Turkije"}
	actor, other := actors[n%7], actors[(n/7+n+1)%7]
	return fmt.Sprintf(` date 2021-%02d-%02d Bericht %d

%s stuurde maandag %d soldaten naar Tadzjikistan, zei het ministerie van Buitenlandse Zaken in bericht %d. %s beschuldigde de Taliban van moord op %d burgers in provincie %d.
`, 1+n%12, 1+n%28, n, actor, 100+n, n, other, 2+n%50, n*7919)
}

// writeNumbered writes n articles into a new folder.
func writeNumbered(t *testing.T, n int) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for i := range n {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d.txt", i)), []byte(numbered(i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// casusCommand is this test binary as casus, without a ledger in the environment.
func casusCommand(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), "casus", args...)
	cmd.Env = append(os.Environ(), "CASUS_LEDGER=")
	return cmd
}

// output runs casus, which must succeed, and returns what it printed.
func output(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := casusCommand(t, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("casus %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return stdout.Bytes()
}

// articlesOf asks a ledger for its articles, and its records by article.
func articlesOf(t *testing.T, file string) (articles []ledger.ArticleEntry, records map[string][]string) {
	t.Helper()
	var list ledger.ArticlePage
	decode(t, output(t, "--ledger", file, "articles", "--json", "--limit", "10000"), &list)
	var timeline struct {
		Entries []struct {
			ID      string
			Record  json.RawMessage
			Article struct{ ID string }
		}
	}
	decode(t, output(t, "--ledger", file, "timeline", "--json", "--limit", "10000"), &timeline)
	records = map[string][]string{}
	for _, e := range timeline.Entries {
		records[e.Article.ID] = append(records[e.Article.ID], e.ID+" "+string(e.Record))
	}
	return list.Articles, records
}

func decode(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%v in %.200s", err, data)
	}
}

// TestKilledReadGoesOn kills a long read twenty times, at random moments, with
// a signal that no program can catch. After each the ledger opens and holds
// whole articles only; each next run goes on; and the last one leaves the
// ledger that an undisturbed read leaves.
func TestKilledReadGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty starts of the program take most of a minute")
	}
	const killings, articles = 20, 240
	const longest = 4 * time.Second // to wait for a kill, on a machine that is busy
	folder := writeNumbered(t, articles)
	quiet := filepath.Join(t.TempDir(), "quiet.db")
	start := time.Now()
	output(t, "read", "-q", "--ledger", quiet, folder)
	undisturbed := time.Since(start)
	wantArticles, wantRecords := articlesOf(t, quiet)
	if len(wantArticles) != articles {
		t.Fatalf("the undisturbed read kept %d articles, want %d", len(wantArticles), articles)
	}

	const seed = 20210705
	random := rand.New(rand.NewPCG(seed, killings))
	killed := filepath.Join(t.TempDir(), "killed.db")
	during := 0 // kills that came after some articles and before the last
	// On a busy machine many come too early: go on until enough came in the middle.
	for n := 0; n < killings || during < killings/4 && n < 4*killings; n++ {
		killAfter(t, time.Duration(random.Int64N(int64(min(undisturbed, longest)))), "read", "-q", "--ledger", killed, folder)
		there := wholeArticles(t, killed, wantRecords)
		if there > 0 && there < articles {
			during++
		}
		if there > articles*9/10 { // begin again, so that there is something to kill
			removeLedger(t, killed)
		}
	}
	t.Logf("%d kills came in the middle of the articles; an undisturbed read takes %v", during, undisturbed.Round(time.Millisecond))
	if during < killings/4 {
		t.Errorf("only %d kills came in the middle of the articles: the test shows too little", during)
	}

	output(t, "read", "-q", "--ledger", killed, folder)
	gotArticles, gotRecords := articlesOf(t, killed)
	if len(gotArticles) != articles {
		t.Errorf("after the last run there are %d articles, want %d", len(gotArticles), articles)
	}
	for i, got := range gotArticles {
		if want := wantArticles[i]; got.ID != want.ID || got.Hash != want.Hash {
			t.Fatalf("article %d is %s with hash %s, want %s with %s", i, got.ID, got.Hash, want.ID, want.Hash)
		}
	}
	sameRecords(t, gotRecords, wantRecords)
}

// killAfter starts casus and kills it after a while, unless it ends before.
func killAfter(t *testing.T, while time.Duration, args ...string) {
	t.Helper()
	cmd := casusCommand(t, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(while)
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it should be
}

// wholeArticles checks that the articles in a ledger have exactly the records
// that they should have, and returns how many there are.
func wholeArticles(t *testing.T, file string, want map[string][]string) int {
	t.Helper()
	if about, err := os.Stat(file); err != nil || about.Size() == 0 {
		return 0 // killed before there was a ledger in the file; the next run makes it
	}
	articles, records := articlesOf(t, file)
	for _, a := range articles {
		id := string(a.ID)
		if !sameSet(records[id], want[id]) || a.Records != len(want[id]) {
			t.Fatalf("after a kill article %s has %d records, counts %d, should have %d", id, len(records[id]), a.Records, len(want[id]))
		}
		delete(records, id)
	}
	if len(records) > 0 {
		t.Fatalf("after a kill there are records of %d articles that are not there", len(records))
	}
	return len(articles)
}

func sameRecords(t *testing.T, got, want map[string][]string) {
	t.Helper()
	for id := range want {
		if !sameSet(got[id], want[id]) {
			t.Errorf("article %s has other records than an undisturbed read gives:\n%s\nwant\n%s", id, strings.Join(got[id], "\n"), strings.Join(want[id], "\n"))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d articles have records, want %d", len(got), len(want))
	}
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	for _, s := range b {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func removeLedger(t *testing.T, file string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(file + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// TestInterruptedReadGoesOn presses Ctrl-C while casus waits for more of its
// standard input: it says that the next run goes on, and the next run does.
func TestInterruptedReadGoesOn(t *testing.T) {
	const articles = 60
	var lines []string
	for n := range articles {
		line, err := json.Marshal(map[string]string{"id": fmt.Sprintf("a%02d", n), "date": "2021-07-05", "language": "nl", "text": numbered(n)})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line)+"\n")
	}
	file := filepath.Join(t.TempDir(), "l.db")

	cmd := casusCommand(t, "read", "--ledger", file, "-")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(stdin, strings.Join(lines[:articles/2], "")); err != nil {
		t.Fatal(err)
	}
	waitForArticles(t, file)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
		t.Errorf("interrupted, casus ended with %v, want exit status 1", err)
	}
	if want := "casus: stopped; what was read is kept, and the next run goes on from here\n"; !strings.HasSuffix(stderr.String(), want) {
		t.Errorf("interrupted, casus said\n%s\nwant at the end\n%s", &stderr, want)
	}

	before, _ := articlesOf(t, file)
	if len(before) == 0 {
		t.Error("nothing was kept of what had been read")
	}
	next := casusCommand(t, "read", "--ledger", file, "-")
	next.Stdin = strings.NewReader(strings.Join(lines, ""))
	said, err := next.CombinedOutput()
	if err != nil {
		t.Fatalf("the next run: %v\n%s", err, said)
	}
	if want := fmt.Sprintf("%d there already", len(before)); !strings.Contains(string(said), want) {
		t.Errorf("the next run said %s, want %s in it", said, want)
	}
	if after, _ := articlesOf(t, file); len(after) != articles {
		t.Errorf("after the next run there are %d articles, want %d", len(after), articles)
	}
}

// waitForArticles waits until another process has put an article in a ledger.
func waitForArticles(t *testing.T, file string) {
	t.Helper()
	for range 600 {
		if out, err := casusCommand(t, "--ledger", file, "articles", "--csv").Output(); err == nil && bytes.Count(out, []byte("\n")) > 1 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no article came into the ledger")
}

// TestReadingTwiceChangesNothing reads the samples twice: the answers of
// before and after are the same bytes.
func TestReadingTwiceChangesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "l.db")
	ask := func() string {
		var all bytes.Buffer
		for _, question := range [][]string{{"timeline", "--limit", "10000"}, {"articles"}, {"actors", "--limit", "10000"}, {"show", "Taliban", "--as-of", "2025-12-31"}} {
			all.Write(output(t, append(question, "--json", "--ledger", file)...))
		}
		return all.String()
	}
	output(t, "read", "-q", "--ledger", file, "../../examples")
	before := ask()
	output(t, "read", "-q", "--ledger", file, "../../examples")
	if after := ask(); after != before {
		t.Error("the second reading changed an answer: " + firstDifference(before, after))
	}
}

// TestJobsDoNotMatter reads the samples one at a time and eight at a time: the
// ledgers give the same answers in the same order.
func TestJobsDoNotMatter(t *testing.T) {
	var answers []string
	for _, jobs := range []string{"1", "8"} {
		file := filepath.Join(t.TempDir(), "l.db")
		output(t, "read", "-q", "--jobs", jobs, "--ledger", file, "../../examples")
		var all bytes.Buffer
		for _, question := range [][]string{
			{"timeline", "--limit", "10000", "--csv"}, {"timeline", "--limit", "20"}, {"articles", "--csv"}, {"actors", "--limit", "10000", "--json"},
			{"show", "Rusland", "--as-of", "2025-12-31", "--csv"}, {"find", "grens"}, {"figures", "--csv"},
		} { // not the timeline's JSON, which has the ledger's clock
			all.Write(output(t, append(question, "--ledger", file)...))
		}
		answers = append(answers, all.String())
	}
	if answers[0] != answers[1] {
		t.Error("one job and eight give other answers: " + firstDifference(answers[0], answers[1]))
	}
	one, eight := output(t, "read", "--json", "--jobs", "1", "../../examples"), output(t, "read", "--json", "--jobs", "8", "../../examples")
	if !bytes.Equal(one, eight) {
		t.Error("one job and eight print other records: " + firstDifference(string(one), string(eight)))
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n%s\n%s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines and %d", len(x), len(y))
}
