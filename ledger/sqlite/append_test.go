package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"casus"
	"casus/ledger"
	"casus/ledger/sqlite"
)

// What a transaction that failed had gathered is forgotten: the names, the
// relations and the words of its articles are written when they come again.
func TestAFailedTransactionLeavesNothingBehind(t *testing.T) {
	ctx := context.Background()
	l, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "casus.db"), sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	text := "Rusland erkent Tadzjikistan."
	relation := casus.Record{Quote: text, Span: casus.Span{End: len(text)}, Status: casus.Happened, When: casus.Day(1000),
		Body: &casus.Relation{Type: casus.Recognises, From: "rus", To: "tjk", Change: casus.Begins}}
	good := ledger.Reading{Reader: "1", Article: casus.Article{ID: "good", Hash: "good", Language: "nl", Text: text}, Records: []casus.Record{relation},
		Actors: []casus.Actor{{ID: "rus", Kind: casus.ActorState, Names: []string{"Rusland"}}}}
	bad := good
	bad.Article.ID, bad.Article.Hash, bad.Article.Text = "bad", "bad", "Iets anders."
	if _, err := l.AppendAll(ctx, []ledger.Reading{good, bad}); casus.CodeOf(err) != casus.Invalid {
		t.Fatalf("a record that is not in its text: %v", err)
	}
	if _, err := l.Append(ctx, good); err != nil {
		t.Fatal(err)
	}
	if actors, err := l.Actors(ctx, ledger.ActorQuery{Name: "rusland"}); err != nil || len(actors) != 1 {
		t.Errorf("%d actors have the name, want 1; %v", len(actors), err)
	}
	if held, err := l.Relations(ctx, ledger.RelationQuery{Actor: "tjk"}); err != nil || len(held) != 1 {
		t.Errorf("%d relations of the actor, want 1; %v", len(held), err)
	}
	if hits, err := l.Find(ctx, "erkent", 10); err != nil || len(hits) != 1 {
		t.Errorf("%d articles are found, want 1; %v", len(hits), err)
	}
}
