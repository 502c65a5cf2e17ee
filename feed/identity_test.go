package feed_test

import (
	"testing"

	"casus/feed"
)

func TestIdentity(t *testing.T) {
	same := [][2]string{
		{"The truce holds.", "  The truce\n\n holds. \r\n"},
		{"caf\u00e9", "cafe\u0301"},
		{"12\u00a0000 men", "12 000\tmen"},
		{"", " \n "},
	}
	for _, pair := range same {
		if feed.Identity(pair[0]) != feed.Identity(pair[1]) {
			t.Errorf("%q and %q have different identities", pair[0], pair[1])
		}
	}
	other := [][2]string{
		{"The truce holds.", "The truce holds"},
		{"The truce holds.", "the truce holds."},
		{"a b", "ab"},
		{"12 men", "1 2 men"},
	}
	for _, pair := range other {
		if feed.Identity(pair[0]) == feed.Identity(pair[1]) {
			t.Errorf("%q and %q have one identity", pair[0], pair[1])
		}
	}
}
