package read_test

import (
	"bytes"
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"casus"
	"casus/ontology"
	"casus/read"
	"casus/read/syntax"
	"casus/refdata"
)

// A language is a folder of data: this one is made up, its model is trained
// here on three dozen sentences, and nothing in Go knows a word of it.
func TestAThirdLanguageIsAFolder(t *testing.T) {
	pack := toyPack(t)
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	r := read.New(world, plover, map[string]fs.FS{"toy": pack})
	got, err := r.Read(article("toy", "2024-07-07", "Kelvio kaptis havenon de Tasko. Tri soldatoj mortis en Kelvio."))
	if err != nil {
		t.Fatal(err)
	}
	var event *casus.Event
	var figure *casus.Figure
	for _, rec := range got.Records {
		switch b := rec.Body.(type) {
		case *casus.Event:
			event = b
		case *casus.Figure:
			figure = b
		}
	}
	if event == nil || event.Type != casus.Coerce || event.Mode != "seize" || len(event.Source) != 1 || event.Source[0] != "kelvio" {
		t.Errorf("who took what: %+v\n%s", event, told(got.Records))
	}
	if figure == nil || figure.Low == nil || *figure.Low != 3 || figure.Unit != "soldiers" {
		t.Errorf("how many died: %+v\n%s", figure, told(got.Records))
	}
	if len(got.Dropped) > 0 {
		t.Error(got.Dropped)
	}
}

// toyPack returns the files of the toy language with its model trained.
func toyPack(t *testing.T) fs.FS {
	t.Helper()
	doc, err := txtar.ParseFile("testdata/toy.txtar")
	if err != nil {
		t.Fatal(err)
	}
	pack := fstest.MapFS{}
	for _, f := range doc.Files {
		pack[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	entries, err := syntax.ReadCoNLLU(bytes.NewReader(pack["treebank.conllu"].Data))
	if err != nil {
		t.Fatal(err)
	}
	model, err := syntax.Train(context.Background(), entries, syntax.Options{Epochs: 120, Seed: 1}, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := model.Save(&b); err != nil {
		t.Fatal(err)
	}
	pack["syntax.model"] = &fstest.MapFile{Data: b.Bytes()}
	return pack
}
