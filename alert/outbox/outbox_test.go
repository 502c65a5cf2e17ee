package outbox_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casus"
	"casus/alert"
	"casus/alert/outbox"
	"casus/ledger"
)

func now() time.Time { return time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC) }

func open(t *testing.T, path string) *outbox.Outbox {
	t.Helper()
	o, err := outbox.Open(t.Context(), path, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

func anAlert(n int, keys ...string) alert.Alert {
	if len(keys) == 0 {
		keys = []string{fmt.Sprint("key ", n)}
	}
	return alert.Alert{ID: fmt.Sprintf("a%012d", n), Rule: "rule", Cause: alert.OfRecord, Says: fmt.Sprint("thing ", n), Keys: keys,
		Entries: []ledger.Entry{{ID: "r0123456789ab", Record: casus.Record{Quote: "They came.", Status: casus.Happened, When: casus.Day(1000),
			Body: &casus.Event{Type: casus.Assault, Source: []casus.ActorID{"rus"}, Target: []casus.ActorID{}}}}}}
}

func waiting(t *testing.T, o *outbox.Outbox, target string) (ids []string, parcels []outbox.Parcel) {
	t.Helper()
	parcels, err := o.Waiting(t.Context(), target, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parcels {
		ids = append(ids, p.Alert.Says)
	}
	if n, err := o.Count(t.Context(), target); err != nil || n != len(parcels) {
		t.Errorf("%s: %d are counted (%v), %d wait", target, n, err, len(parcels))
	}
	return ids, parcels
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnAlertWaitsOnceForEachTarget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	ctx := context.Background()
	o := open(t, path)
	must(t, o.Introduce(ctx, []string{"terminal", "file a"}))
	raised, err := o.Raise(ctx, "/l.db", now(), []alert.Alert{anAlert(1), anAlert(2), anAlert(1), anAlert(3, "key 2", "key 3")})
	if err != nil || raised != 2 {
		t.Fatalf("%d are news, %v; want 2: the third is the first, the fourth the second told otherwise", raised, err)
	}
	_, parcels := waiting(t, o, "terminal")
	must(t, o.Begin(ctx, "terminal", parcels))
	must(t, o.Done(ctx, "terminal", parcels[:1]))
	must(t, o.Close())

	o = open(t, path) // after a restart
	looked, known, err := o.Looked(ctx, "/l.db")
	if err != nil || !known || !looked.Equal(now()) {
		t.Errorf("looked until %v (%v, %v)", looked, known, err)
	}
	if _, known, err := o.Looked(ctx, "/other.db"); known || err != nil {
		t.Errorf("another ledger was looked at: %v", err)
	}
	if ids, parcels := waiting(t, o, "terminal"); !slices.Equal(ids, []string{"thing 2"}) || !parcels[0].Begun || parcels[0].Alert.Raised != now() || parcels[0].Alert.Entries[0].Record.Quote != "They came." {
		t.Errorf("for the terminal wait %v, %+v", ids, parcels)
	}
	if ids, parcels := waiting(t, o, "file a"); !slices.Equal(ids, []string{"thing 1", "thing 2"}) || parcels[0].Begun {
		t.Errorf("for the file wait %v", ids)
	}
	if raised, err := o.Raise(ctx, "/l.db", now(), []alert.Alert{anAlert(2), anAlert(4, "key 3")}); raised != 0 || err != nil {
		t.Errorf("%d are news after the restart, %v", raised, err)
	}
}

func TestANewTargetGetsWhatIsRaisedFromThenOn(t *testing.T) {
	ctx := context.Background()
	o := open(t, filepath.Join(t.TempDir(), "state"))
	must(t, o.Introduce(ctx, []string{"old"}))
	_, err := o.Raise(ctx, "l", now(), []alert.Alert{anAlert(1)})
	must(t, err)
	must(t, o.Introduce(ctx, []string{"old", "new"}))
	_, err = o.Raise(ctx, "l", now(), []alert.Alert{anAlert(2)})
	must(t, err)
	if ids, _ := waiting(t, o, "new"); !slices.Equal(ids, []string{"thing 2"}) {
		t.Errorf("for the new one wait %v", ids)
	}
	if ids, _ := waiting(t, o, "old"); len(ids) != 2 {
		t.Errorf("for the old one wait %v", ids)
	}
	if ids, _ := waiting(t, o, "nobody"); len(ids) != 0 {
		t.Errorf("for nobody wait %v", ids)
	}
}

func TestWhatIsRefusedOrDoneWaitsNoMore(t *testing.T) {
	ctx := context.Background()
	o := open(t, filepath.Join(t.TempDir(), "state"))
	must(t, o.Introduce(ctx, []string{"hook"}))
	_, err := o.Raise(ctx, "l", now(), []alert.Alert{anAlert(1), anAlert(2), anAlert(3)})
	must(t, err)
	_, parcels := waiting(t, o, "hook")
	pause := outbox.Pause{Failures: 3, Until: now().Add(time.Minute)}
	must(t, o.Failed(ctx, "hook", pause))
	if got, err := o.Pause(ctx, "hook"); got != pause || err != nil {
		t.Errorf("paused %+v, %v", got, err)
	}
	must(t, o.Refused(ctx, "hook", parcels[1:2]))
	if got, err := o.Pause(ctx, "hook"); got != (outbox.Pause{}) || err != nil {
		t.Errorf("one that answers is paused %+v, %v", got, err)
	}
	must(t, o.Done(ctx, "hook", parcels[2:]))
	if ids, _ := waiting(t, o, "hook"); !slices.Equal(ids, []string{"thing 1"}) {
		t.Errorf("there wait %v", ids)
	}
}

func TestOneAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	o := open(t, path)
	if _, err := outbox.Open(t.Context(), path, now); casus.CodeOf(err) != casus.Conflict {
		t.Errorf("a second got %v", err)
	}
	must(t, o.Close())
	open(t, path)
}

func TestAnotherFileIsLeftAsItIs(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	must(t, os.WriteFile(text, []byte("These are notes of mine and no database at all, whatever its length.\n"), 0o600))
	if _, err := outbox.Open(t.Context(), text, now); err == nil || casus.CodeOf(err) == casus.Internal {
		t.Errorf("a text: %v", err)
	}
	data, err := os.ReadFile(text)
	if err != nil || string(data[:5]) != "These" {
		t.Errorf("the text is %q, %v", data, err)
	}
	if _, err := outbox.Open(t.Context(), filepath.Join(folder, "none", "state"), now); casus.CodeOf(err) != casus.Unwritable {
		t.Errorf("no folder: %v", err)
	}
}
