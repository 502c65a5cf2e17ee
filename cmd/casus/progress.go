package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows on a terminal that long work goes on, and keeps other lines
// above it. Where the output is no terminal it only prints the lines.
type progress struct {
	out  io.Writer
	bars *mpb.Progress
	bar  *mpb.Bar
	read atomic.Int64
}

func newProgress(out io.Writer, wanted bool) *progress {
	p := &progress{out: out}
	f, ok := out.(*os.File)
	if !wanted || !ok || !isatty.IsTerminal(f.Fd()) {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(out))
	p.bar = p.bars.New(0, mpb.SpinnerStyle(), mpb.AppendDecorators(
		decor.Any(func(decor.Statistics) string { return fmt.Sprintf(" %s read", plural(int(p.read.Load()), "article")) }),
		decor.Elapsed(decor.ET_STYLE_MMSS, decor.WC{W: 8})))
	return p
}

// add tells how many articles are done.
func (p *progress) add(read int) { p.read.Store(int64(read)) }

// line prints one line above the progress.
func (p *progress) line(s string) {
	if p.bars != nil {
		fmt.Fprintln(p.bars, s)
		return
	}
	fmt.Fprintln(p.out, s)
}

// stop takes the progress away.
func (p *progress) stop() {
	if p.bars != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}
