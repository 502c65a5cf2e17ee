package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"casus/lab"
	"casus/picture"
)

// The bars of a big ledger, beside those of the questions: see drawnQuestions.
const (
	appendMust, appendAim = 5_000, 30_000 // records a second
	memoryMust, memoryAim = 500, 200      // MB resident while answering
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
	stored, err := b.generate(making, "--articles", strconv.Itoa(b.Articles), "--records", strconv.Itoa(b.Records), "--correct", strconv.Itoa(b.Articles/100))
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
func (b *bench) generate(ledger string, args ...string) (stored lab.Stored, err error) {
	var out bytes.Buffer
	_, err = b.run(&out, nil, append([]string{"--ledger", ledger, "lab", "generate", "--json", b.Samples}, args...)...)
	if err == nil {
		err = json.Unmarshal(out.Bytes(), &stored)
	}
	return stored, err
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
			stored, err := b.generate(into.file, "--articles", strconv.Itoa(articles), "--records", strconv.Itoa(articles*b.Records/b.Articles),
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
		put := labAskCmd{Times: b.Times, Most: b.Most}
		return put.put(b.desk, address, draw, func() time.Duration { return processorTimeOf(server) })
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
