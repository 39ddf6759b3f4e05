// Package digest names contents by what they hold: the same content has the
// same name in every run and every version, because names are kept, in
// journals, in tokens, in file names and at Fiskl.
//
// What a format or a protocol lays down is made where that is spoken: the
// journal's chain, content policies, PKCE, keyed digests.
package digest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// size is how many bytes of a SHA-256 are kept: few enough to write down, and
// enough not to be met by accident.
const size = 16

// Of is the digest of some parts behind one another, in 32 hex digits, of which
// the first ones are a digest too. Nothing stands between parts: what could
// run into the next ends with a sign that is not in it.
func Of[T ~string | ~[]byte](parts ...T) string {
	h := sha256.New()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // a hash never fails
	}
	return hex.EncodeToString(h.Sum(nil)[:size])
}

// JSON is the digest of a value's JSON behind some parts. The members of maps
// stand in the order of their names, those of structs in the order of fields.
func JSON(v any, before ...string) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("digest of a value: %w", err)
	}
	parts := make([][]byte, 0, len(before)+1)
	for _, p := range before {
		parts = append(parts, []byte(p))
	}
	return Of(append(parts, b)...), nil
}
