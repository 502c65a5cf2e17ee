package picture

import (
	"errors"
	"strings"
	"testing"
)

// What fails in one part is told, a fault of ours too, and the others are done.
func TestPartsSideBySide(t *testing.T) {
	gone, done := errors.New("the disk is gone"), false
	err := sideBySide(func() error { return gone }, func() error { panic("a fault of ours") }, func() error { done = true; return nil })
	if !errors.Is(err, gone) || !strings.Contains(err.Error(), "a fault of ours") || !done {
		t.Errorf("%v, %t", err, done)
	}
	if err := sideBySide(func() error { return nil }); err != nil {
		t.Error(err)
	}
}
