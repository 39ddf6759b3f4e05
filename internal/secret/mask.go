package secret

import "regexp"

// keys is what API keys look like in a text. It takes in what is too short to
// be one, rather than leave one out.
func keys() *regexp.Regexp { return regexp.MustCompile(`fsk_[A-Za-z0-9_-]{5,}`) }

// Keys are the API keys that stand in a text.
func Keys(text string) []string { return keys().FindAllString(text, -1) }

// Mask is a text without its API keys.
func Mask(text string) string { return keys().ReplaceAllString(text, "fsk_…") }
