package actors

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"casus"
	"casus/read/syntax"
	"casus/read/text"
	"casus/refdata"
)

func load(t testing.TB, lang string) (*text.Rules, *syntax.Model, *Resolver) {
	dir := "../lang/" + lang
	f, err := os.Open(dir + "/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := text.LoadRules(f)
	if err != nil {
		t.Fatal(err)
	}
	mf, err := os.Open(dir + "/syntax.model")
	if err != nil {
		t.Fatal(err)
	}
	m, err := syntax.Load(bufio.NewReader(mf))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := LoadLexicon(lang, os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	w, err := refdata.Open()
	if err != nil {
		t.Fatal(err)
	}
	return rules, m, New(w, lex)
}

func TestExplore(t *testing.T) {
	glob := os.Getenv("EXPLORE")
	if glob == "" {
		t.Skip()
	}
	lang := os.Getenv("ELANG")
	rules, m, r := load(t, lang)
	files, _ := filepath.Glob(glob)
	sort.Strings(files)
	gotAll, goldAll, hit, prec := 0, 0, 0, 0
	roleAll, roleHit_ := 0, 0
	for _, f := range files {
		b, _ := os.ReadFile(f)
		body := string(b)
		var pub casus.Period
		if strings.HasPrefix(body, " date ") {
			fld := strings.Fields(body)[1]
			if d, err := time.Parse("2006-01-02", fld); err == nil {
				pub = casus.Day(casus.DateOf(d))
			} else if d, err := time.Parse("2006-01", fld); err == nil {
				pub = casus.Month(d.Year(), d.Month())
			}
			body = strings.Replace(body, " date "+fld, strings.Repeat(" ", 6+len(fld)), 1)
		}
		var trees []syntax.Tree
		for _, s := range text.Split(rules, body) {
			trees = append(trees, m.Parse(s))
		}
		start := time.Now()
		cast := r.Resolve(trees, pub)
		el := time.Since(start)
		if os.Getenv("VERBOSE") != "" {
			fmt.Println("=====", f, el)
			for i, ms := range cast.Sentences {
				fmt.Println("--", textOf(trees[i]))
				if os.Getenv("VERBOSE") == "2" {
					for k, w := range trees[i].Words {
						fmt.Printf("%d:%s/%s/%d:%s ", k, w.Form, w.UPOS, w.Head, w.Deprel)
					}
					fmt.Println()
				}
				for _, mm := range ms {
					q, _ := mm.Span.Quote(body)
					fmt.Printf("   %-40q %-28s %-11s h=%s %v %v | %s\n", q, mm.ID, mm.Class, trees[i].Words[mm.Head].Form, mm.Members, mm.Where, mm.Rule)
				}
			}
		}
		acts := map[string]string{}
		ga, _ := os.ReadFile(filepath.Join(filepath.Dir(strings.Replace(strings.Replace(f, "/texts/", "/gold/", 1), "/seeds/", "/gold/seeds/", 1)), "actors.jsonl"))
		for _, l := range strings.Split(string(ga), "\n") {
			var a casus.Actor
			if json.Unmarshal([]byte(l), &a) == nil && len(a.ActsFor) > 0 {
				acts[string(a.ID)] = a.ActsFor[0].Actor.Head()
			}
		}
		mine := map[string]string{}
		for _, a := range cast.Actors {
			if len(a.ActsFor) > 0 {
				mine[string(a.ID)] = a.ActsFor[0].Actor.Head()
			}
		}
		seg := func(m map[string]string, id string) string {
			if h := m[id]; h != "" {
				return h
			}
			return casus.ActorID(id).Head()
		}
		{
			gf := strings.Replace(strings.Replace(f, "/texts/", "/gold/", 1), ".txt", ".jsonl", 1)
			gf = strings.Replace(gf, "/seeds/", "/gold/seeds/", 1)
			data, _ := os.ReadFile(gf)
			for _, l := range strings.Split(string(data), "\n") {
				var rec map[string]any
				if json.Unmarshal([]byte(l), &rec) != nil {
					continue
				}
				span := casus.Span{Start: int(rec["start"].(float64)), End: int(rec["end"].(float64))}
				var ids []string
				for _, k := range []string{"source", "target", "speaker", "from", "to", "debtor", "beneficiary", "group", "origin", "destination"} {
					switch v := rec[k].(type) {
					case string:
						ids = append(ids, v)
					case []any:
						for _, x := range v {
							ids = append(ids, x.(string))
						}
					}
				}
				here := map[string]bool{}
				for _, ms := range cast.Sentences {
					for _, m := range ms {
						if m.Span.Overlaps(span) {
							here[seg(mine, string(m.ID))] = true
							for _, x := range m.Members {
								here[seg(mine, string(x))] = true
							}
						}
					}
				}
				for _, id := range ids {
					roleAll++
					if here[seg(acts, id)] {
						roleHit_++
					} else if os.Getenv("ROLES") != "" {
						fmt.Printf("  %s -- %s not in: %s\n", filepath.Base(f)[:7], id, rec["quote"])
					}
				}
			}
		}
		got := map[string]bool{}
		for _, a := range cast.Actors {
			got[string(a.ID)] = true
		}
		gold := map[string]bool{}
		gf := strings.Replace(strings.Replace(f, "/texts/", "/gold/", 1), ".txt", ".jsonl", 1)
		gf = strings.Replace(gf, "/seeds/", "/gold/seeds/", 1)
		data, _ := os.ReadFile(gf)
		for _, l := range strings.Split(string(data), "\n") {
			var rec map[string]any
			if json.Unmarshal([]byte(l), &rec) != nil {
				continue
			}
			for _, k := range []string{"by", "source", "target", "speaker", "about", "from", "to", "debtor", "beneficiary", "group", "origin", "destination"} {
				switch v := rec[k].(type) {
				case string:
					gold[v] = true
				case []any:
					for _, x := range v {
						gold[x.(string)] = true
					}
				}
			}
		}
		headOf := func(m map[string]bool) map[string]bool {
			out := map[string]bool{}
			for id := range m {
				a := casus.ActorID(id)
				if a.IsPerson() {
					out[id] = true
				} else {
					out[a.Head()] = true
				}
			}
			return out
		}
		gh := headOf(got)
		var miss, extra []string
		for id := range gold {
			goldAll++
			a := casus.ActorID(id)
			if got[id] {
				hit++
			} else if gh[a.Head()] {
				miss = append(miss, "~"+id)
			} else {
				miss = append(miss, id)
			}
		}
		for id := range got {
			gotAll++
			if gold[id] {
				prec++
			} else {
				extra = append(extra, id)
			}
		}
		sort.Strings(miss)
		sort.Strings(extra)
		fmt.Println("##", filepath.Base(f), el.Round(10*time.Microsecond), "\n   MISS", miss, "\n   EXTRA", extra)
	}
	fmt.Printf("ids in records %d, found exactly %d; found %d; roles %d in quote %d = %.3f\n", goldAll, hit, gotAll, roleAll, roleHit_, float64(roleHit_)/float64(roleAll))
}

func textOf(t syntax.Tree) string {
	var b strings.Builder
	for _, w := range t.Words {
		if w.SpaceBefore {
			b.WriteByte(' ')
		}
		b.WriteString(w.Form)
	}
	return b.String()
}
