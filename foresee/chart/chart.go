// Package chart draws an ensemble of displacement as a picture: a panel for each
// place, the people there by day, the band that nine in ten runs lie in, and what
// was counted where it was. Every picture says that it is simulated.
package chart

import (
	"fmt"
	"image/color"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"casus"
	"casus/foresee/displacement"
)

// Picture is what to draw.
type Picture struct {
	Title    string
	Places   []string // a panel each, in this order; empty: every place that is a camp in Input
	Input    *displacement.Input
	Ensemble *displacement.Ensemble
	Counts   *displacement.Counts // may be nil
}

// The size of a panel and of the head with the title.
const (
	panelWidth  = 7 * vg.Centimeter
	panelHeight = 4.5 * vg.Centimeter
	head        = 1.2 * vg.Centimeter
	columns     = 3
)

// Write draws the picture in a format: "svg" or "png". A picture without any
// panel is an error with code casus.Invalid.
func (p Picture) Write(w io.Writer, format string) error {
	places := p.Places
	if len(places) == 0 {
		for _, place := range p.Input.Places {
			if place.Kind == displacement.Camp || place.Kind == displacement.IDPCamp {
				places = append(places, place.Name)
			}
		}
	}
	if len(places) == 0 {
		return &casus.Error{Code: casus.Invalid, Input: "chart", Problem: "there is no camp to draw", Advice: "Give the network a camp."}
	}
	wide := min(columns, len(places))
	rows := (len(places) + columns - 1) / columns
	width, height := vg.Length(wide)*panelWidth, vg.Length(rows)*panelHeight+head
	canvas, err := newCanvas(format, width, height)
	if err != nil {
		return err
	}
	page := draw.New(canvas)
	page.SetColor(color.White)
	page.Fill(page.Rectangle.Path())
	p.writeTitle(page)
	for i, name := range places {
		panel, err := p.panel(name)
		if err != nil {
			return err
		}
		left, top := vg.Length(i%columns)*panelWidth, height-head-vg.Length(i/columns)*panelHeight
		const gap = 3 * vg.Millimeter
		panel.Draw(draw.Crop(page, left+gap, left+panelWidth-gap-width, top-panelHeight+gap, top-gap-height))
	}
	_, err = canvas.WriteTo(w)
	return err
}

// sheet is a canvas that can be written out.
type sheet interface {
	vg.CanvasSizer
	io.WriterTo
}

func newCanvas(format string, width, height vg.Length) (sheet, error) {
	switch format {
	case "svg":
		return vgsvg.New(width, height), nil
	case "png":
		return vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(144))}, nil
	}
	return nil, &casus.Error{Code: casus.Unsupported, Input: "chart", Problem: fmt.Sprintf("%q is no format of pictures here", format), Advice: "Name a file that ends in .svg or .png."}
}

// writeTitle says what the picture is, and that it is no fact.
func (p Picture) writeTitle(page draw.Canvas) {
	style := draw.TextStyle{Color: color.Black, Font: font.From(plot.DefaultFont, 12), Handler: plot.DefaultTextHandler, YAlign: draw.YTop}
	page.FillText(style, vg.Point{X: 3 * vg.Millimeter, Y: page.Max.Y - 2*vg.Millimeter}, p.Title)
	style.Font.Size, style.Color = 9, color.RGBA{R: 150, A: 255}
	words := "SIMULATED, not reported: mean of " + fmt.Sprint(len(p.Ensemble.Runs)) + " runs (line), nine in ten runs (band)"
	if p.Counts != nil {
		words += ", people counted (dots)"
	}
	if n := len(p.Ensemble.Ranges); n > 0 {
		words += fmt.Sprintf("; %d uncertain settings", n)
	}
	page.FillText(style, vg.Point{X: 3 * vg.Millimeter, Y: page.Max.Y - 7*vg.Millimeter}, words)
}

// panel draws one place.
func (p Picture) panel(name string) (*plot.Plot, error) {
	index := slices.Index(p.Ensemble.Names, name)
	if index < 0 {
		return nil, &casus.Error{Code: casus.NotFound, Input: "chart", Problem: fmt.Sprintf("there is no place %q", name), Advice: "Name a place of the network."}
	}
	days := p.Ensemble.Days
	mean := make(plotter.XYs, days)
	low, high := make(plotter.XYs, days), make(plotter.XYs, days)
	for day := range days {
		band := p.Ensemble.Bands(day, index, 0.05, 0.95)
		x := p.at(day)
		mean[day] = plotter.XY{X: x, Y: p.Ensemble.Mean(day, index)}
		low[day], high[days-1-day] = plotter.XY{X: x, Y: band[0]}, plotter.XY{X: x, Y: band[1]}
	}
	out := plot.New()
	out.Title.Text, out.Title.TextStyle.Font.Size = name, 9
	out.X.Tick.Label.Font.Size, out.Y.Tick.Label.Font.Size = 7, 7
	out.Y.Min, out.Y.Tick.Marker = 0, plot.TickerFunc(thousands)
	if !p.Ensemble.Start.IsZero() {
		out.X.Tick.Marker = months{}
	}
	band, err := plotter.NewPolygon(append(low, high...))
	if err != nil {
		return nil, fmt.Errorf("drawing the band of %s: %w", name, err)
	}
	band.Color, band.LineStyle.Width = color.RGBA{R: 190, G: 215, B: 240, A: 255}, 0
	line, err := plotter.NewLine(mean)
	if err != nil {
		return nil, fmt.Errorf("drawing the people in %s: %w", name, err)
	}
	line.Color, line.Width = color.RGBA{R: 20, G: 80, B: 150, A: 255}, vg.Points(1.2)
	out.Add(plotter.NewGrid(), band, line)
	err = p.addCounts(out, name)
	out.Y.Max *= 1.05 // room for what stands at the top
	return out, err
}

// addCounts draws the counts of a place as dots, on their own dates.
func (p Picture) addCounts(out *plot.Plot, name string) error {
	if p.Counts == nil {
		return nil
	}
	i := slices.Index(p.Counts.Camps, name)
	if i < 0 {
		return nil
	}
	var points plotter.XYs
	for _, c := range p.Counts.Series[i] {
		if day := int(c.Date - p.Ensemble.Start); day >= 0 && day < p.Ensemble.Days {
			points = append(points, plotter.XY{X: p.at(day), Y: c.Count})
		}
	}
	if len(points) == 0 {
		return nil
	}
	dots, err := plotter.NewScatter(points)
	if err != nil {
		return fmt.Errorf("drawing the counts of %s: %w", name, err)
	}
	dots.GlyphStyle = draw.GlyphStyle{Color: color.RGBA{R: 200, G: 60, B: 20, A: 255}, Radius: vg.Points(1.4), Shape: draw.CircleGlyph{}}
	out.Add(dots)
	return nil
}

// at returns a day's place on the axis: seconds since 1970, or the day's number.
func (p Picture) at(day int) float64 {
	if p.Ensemble.Start.IsZero() {
		return float64(day)
	}
	return float64(p.Ensemble.Start.AddDays(day).Time().Unix())
}

// thousands puts four or so round numbers on an axis of people.
func thousands(low, high float64) []plot.Tick {
	step := math.Pow(10, math.Floor(math.Log10(max(high-low, 1)/2)))
	for (high-low)/step > 5 {
		step *= 2
	}
	var ticks []plot.Tick
	for x := 0.0; x <= high; x += step {
		ticks = append(ticks, plot.Tick{Value: x, Label: short(x)})
	}
	return ticks
}

// short writes a number of people as people say it: 850, 12k, 1.5M.
func short(x float64) string {
	unit := ""
	switch {
	case x >= 1e6:
		x, unit = x/1e6, "M"
	case x >= 1e3:
		x, unit = x/1e3, "k"
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") + unit
}

// months puts the first of some months on an axis of time: not more than five.
type months struct{}

// Ticks implements plot.Ticker.
func (months) Ticks(low, high float64) []plot.Tick {
	first, last := time.Unix(int64(low), 0).UTC(), time.Unix(int64(high), 0).UTC()
	every := 1 + (12*(last.Year()-first.Year())+int(last.Month()-first.Month()))/4
	var ticks []plot.Tick
	for m := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(last); m = m.AddDate(0, every, 0) {
		if x := float64(m.Unix()); x >= low {
			ticks = append(ticks, plot.Tick{Value: x, Label: m.Format("2006-01")})
		}
	}
	return ticks
}
