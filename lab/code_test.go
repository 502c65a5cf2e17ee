package lab

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"casus/ontology"
	"casus/read"
	"casus/read/lang/en"
	"casus/read/lang/nl"
	"casus/refdata"
)

func reader(t *testing.T) *read.Reader {
	t.Helper()
	world, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	plover, err := ontology.Open()
	if err != nil {
		t.Fatal(err)
	}
	return read.New(world, plover, map[string]fs.FS{"nl": nl.Files, "en": en.Files})
}

// TestShippedEventTypesAreRebuilt trains the shipped models again: the bytes must be the same.
func TestShippedEventTypesAreRebuilt(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the trees that the models were made from may differ here")
	}
	r := reader(t)
	for _, language := range []string{"en", "nl"} {
		var out bytes.Buffer
		sentences := "code/" + language + "-sentences.tsv"
		if err := TrainCode(context.Background(), r, language, CodeTraining{Sentences: []string{sentences}}, &out, func(string) {}); err != nil {
			t.Fatal(err)
		}
		shipped, err := os.ReadFile("../read/lang/" + language + "/code.model")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), shipped) {
			t.Errorf("read/lang/%[1]s/code.model is not what lab/code/%[1]s-sentences.tsv gives. Rebuild it: "+
				"casus lab train code --lang %[1]s --out read/lang/%[1]s/code.model lab/code/%[1]s-sentences.tsv", language)
		}
	}
}

func TestCode(t *testing.T) {
	in := "id\tsentence\tsource\ttarget\n" +
		"1\tRebels attacked the Malian army near Gao.\tRebels\tthe Malian army\n" +
		"2\tFrance will send doctors to Mali.\tFrance\tMali\n" +
		"3\tFrance did not send doctors to Mali.\tFrance\tMali\n" +
		"4\t\"The \"\"rebels\"\" attacked Mali.\"\tnobody\t\n"
	var out bytes.Buffer
	if err := Code(context.Background(), reader(t), "en", strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"id\troot\tmode\tquad\tconfidence\thow", "1\tASSAULT\t\t4\t", "2\tAGREE\t\t1\t", "3\tREJECT\t\t3\t", "4\t"} {
		if line := strings.Split(out.String(), "\n")[i]; !strings.HasPrefix(line, want) {
			t.Errorf("line %d is %q, want %q", i, line, want)
		}
	}
}

// YIELD is CONCEDE and RETREAT together: a release is one, and so right.
func TestCodeScores(t *testing.T) {
	gold := "id\tsentence\tsource\ttarget\troot\n" +
		"1\tRebels attacked the Malian army near Gao.\tRebels\tthe Malian army\tASSAULT\n" +
		"2\tThe rebels released the hostages.\tThe rebels\tthe hostages\tYIELD\n" +
		"3\tThe rebels attacked the hostages.\tThe rebels\tthe hostages\tAID\n"
	var missed []string
	s, err := EvalCode(context.Background(), reader(t), "en", strings.NewReader(gold), func(d read.Dyad, root string, _ read.Coding) {
		missed = append(missed, root+": "+d.Sentence)
	})
	if err != nil {
		t.Fatal(err)
	}
	// F1 is 2/3 for ASSAULT (one of two right), 1 for YIELD and 0 for AID.
	if s.All != (Hit{2, 3}) || s.MacroF1() < 55.5 || s.MacroF1() > 55.6 || len(missed) != 1 {
		t.Errorf("%d of %d right, macro F1 %.2f, missed %v", s.All.Right, s.All.Of, s.MacroF1(), missed)
	}
	if _, err := EvalCode(context.Background(), reader(t), "en", strings.NewReader("1\tx\ty\tz\n"), nil); err == nil {
		t.Error("a table without right answers is scored")
	}
}

func TestASentenceToLearnFromThatCannotBeUsedIsToldWithItsLine(t *testing.T) {
	for line, want := range map[string]string{
		"ASSAULT [Rebels] attacked.":      "no tab",
		"ATTACK\t[Rebels] attacked.":      `"ATTACK" is none of PLOVER's types`,
		"ASSAULT\tRebels attacked.":       "no [source]",
		"ASSAULT\t[A] and [B] attacked.":  "no [source]",
		"ASSAULT\t[A] attacked {B} {C}.":  "{target}",
		"ASSAULT\t[Rebels] attacked {it.": "{target}",
	} {
		path := filepath.Join(t.TempDir(), "s.tsv")
		write(t, path, "# head\n\n"+line+"\n")
		_, err := readTypedDyads(path)
		if err == nil || !strings.Contains(err.Error(), "s.tsv:3: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want line 3 and %q", line, err, want)
		}
	}
}
