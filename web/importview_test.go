package web_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"casus/ledger/memory"
	"casus/web"
)

// drop lets go of a file above the page, as a hand would.
func drop(b *browser, name, text string) {
	b.t.Helper()
	ask[bool](b, `(() => { const d = new DataTransfer(); d.items.add(new File([`+"`"+text+"`"+`], `+"`"+name+"`"+`));
		return window.dispatchEvent(new DragEvent("dragover", {dataTransfer: d, bubbles: true, cancelable: true})) |
			window.dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})) || true; })()`)
}

func TestFilesAreDroppedOnThePage(t *testing.T) {
	l := memory.New(time.Now, nil)
	o := options(l)
	o.Import, o.Formats, o.Look = importing(l), []string{".txt", ".zip"}, 50*time.Millisecond
	b := look(t, web.New(o), "nl-NL")
	b.open("/import")
	b.sees("h1", "Inlezen")
	b.sees(".place", ".txt .zip; ten hoogste 64 MB per bestand")

	file := filepath.Join(t.TempDir(), "week.zip")
	if err := os.WriteFile(file, zipped(t, "a.txt", borderText, "kapot.pdf", "%PDF-1.4", "b.txt", "Rusland stuurde soldaten naar Tadzjikistan."), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS(".choose input"), []string{file}))
	b.sees(".file", "week.zip klaar")
	b.sees(".sums", "1 mislukt 2 nieuw")
	b.sees(".file details", "PDF") // what failed stands first, with the reason
	b.sees(".file details + details", "Soldaten over de rivier")
	b.count(".arrivals button", 0) // nobody needs to hear what they brought themselves

	// The same again, dropped: known already. A name is shown, whatever it is.
	drop(b, hostileName+".txt", "Rusland stuurde soldaten naar Tadzjikistan.")
	b.sees(".file:nth-child(2)", hostileName+".txt klaar")
	b.sees(".file:nth-child(2)", "1 al bekend")
	drop(b, "<script>alert(1)</script>.doc", "niets")
	b.sees(".sums", "2 mislukt")
	b.sees(".file:nth-child(3) .problem", "Word")
	if made := ask[int](b, `document.querySelectorAll("main img, main script").length`); made != 0 {
		t.Errorf("the names made %d elements", made)
	}

	// What came is read in one click; the list goes on meanwhile and can be cleared.
	b.click(".file details + details a")
	b.sees("h1", "Soldaten over de rivier")
	ask[bool](b, `(history.back(), true)`)
	b.count(".file", 3)
	b.sees(".sums button", "Maak de lijst leeg")
	b.follow(".sums button")
	b.count(".file", 0)
}

func TestAFileThatIsTooLargeIsRefusedInWords(t *testing.T) {
	o := options(memory.New(time.Now, nil))
	o.Import = importing(memory.New(time.Now, nil))
	b := look(t, web.New(o), "en-GB")
	b.open("/import")
	b.sees(".place", "at most 64 MB a file")
	ask[bool](b, `(() => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array((64 << 20) + 1)], "big.txt"));
		window.dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})); return true; })()`)
	b.sees(".file .problem", "Larger than 64 MB")
}

func TestThePageOfAServerThatOnlyShows(t *testing.T) {
	b := look(t, web.New(options(sample(t))), "en-GB")
	b.open("/import")
	b.sees(".notice", "Nothing is read in here")
	b.count(".choose", 0)
}
