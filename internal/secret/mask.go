package secret

import (
	"fmt"
	"regexp"
	"strings"
)

// keys is what API keys look like in a text. It takes in what is too short to
// be one, rather than leave one out.
func keys() *regexp.Regexp { return regexp.MustCompile(`fsk_[A-Za-z0-9_-]{5,}`) }

// Keys are the API keys that stand in a text.
func Keys(text string) []string { return keys().FindAllString(text, -1) }

// Mask is a text without its API keys.
func Mask(text string) string { return keys().ReplaceAllString(text, "fsk_…") }

// Quote quotes what somebody typed, unless a key slipped into the wrong place:
// then it says so instead.
func Quote(text string) string {
	if HoldsKey(text) {
		return "(not shown, for it holds a key)"
	}
	return fmt.Sprintf("%q", text)
}

// HoldsKey reports that what starts like a key stands somewhere in a text,
// however short it is.
func HoldsKey(text string) bool { return strings.Contains(strings.ToLower(text), "fsk_") }

// IsKey reports a key where the name of something should stand.
func IsKey(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "fsk_") }

// Prefix is the part of a key by which its owner finds it in Fiskl's list:
// fsk_ and up to four characters. A short one gives no more than a third away.
func Prefix(key Secret) string {
	const start, most = len("fsk_"), 4
	text := key.Reveal()
	if len(text) <= start {
		return "…"
	}
	return text[:start+min(most, (len(text)-start)/3)] + "…"
}
