// Package secret holds values that must not be seen.
package secret

import (
	"fmt"
	"log/slog"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
)

const hidden = "[secret]"

// Secret is a value that cannot be printed, logged or marshalled by accident.
// The zero value is no secret.
type Secret struct {
	_ [0]func() // two of them are not compared by ==, which would be by where they lie

	// Inside another struct it may be a field of which fmt calls no method; of
	// a pointer it prints the address then.
	value *string
}

// New wraps a value.
func New(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{value: &value}
}

// Reveal returns the value. Call it only where the value leaves the program.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero reports that there is no secret.
func (s Secret) IsZero() bool { return s.value == nil }

// Digest tells one secret from another without giving either away.
func (s Secret) Digest() string {
	return digest.Of("fiskl-mcp\n" + s.Reveal())
}

// String hides the value.
func (s Secret) String() string { return hidden }

// Format hides the value under every verb, %#v among them.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) } // a failed write has nowhere to be reported

// LogValue hides the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides the value in JSON and every other text form.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
