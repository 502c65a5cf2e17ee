package main

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"casus/lab"
)

// pictureScores is what casus lab picture makes of the cases in lab/picture:
// its table, and what is missed in the cases that may be tuned on.
const pictureScores = "testdata/picture.txt"

// TestPictureCases holds the scores of the picture against those that are
// written down, so that a change of the reader or the picture shows in review.
// What is missed in the cases held out is counted and not told:
//
//	go test ./cmd/casus -run TestPictureCases -update && git diff cmd/casus/testdata/picture.txt
func TestPictureCases(t *testing.T) {
	cases, err := lab.ReadPictureCases("../../lab/picture")
	if err != nil {
		t.Fatal(err)
	}
	bench, err := newPictureBench()
	if err != nil {
		t.Fatal(err)
	}
	scores, err := lab.ScorePicture(context.Background(), bench, cases)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	tuned := slices.DeleteFunc(slices.Clone(scores), func(s lab.CaseScore) bool { return s.Folder != "tuned" })
	if err := lab.WritePictureMisses(&got, tuned); err != nil {
		t.Fatal(err)
	}
	if err := lab.WritePictureScores(&got, scores); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(pictureScores, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(pictureScores)
	if err != nil {
		t.Fatal(err)
	}
	if d := diff.Diff("picture.txt", want, "now", got.Bytes()); d != nil {
		t.Errorf("%s\nIf this is as it should be: go test ./cmd/casus -run TestPictureCases -update", d)
	}
}
