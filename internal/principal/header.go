package principal

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Look asks Fiskl whether a key is one. Valid is its answer; an error means
// that there was none, and says nothing about the key.
type Look func(ctx context.Context, key secret.Secret) (valid bool, err error)

// Header lets callers in who bring their own Fiskl API key, as X-Fiskl-Api-Key
// or as a bearer token. Keys are looked up once and remembered for a minute by
// a keyed digest; they are not kept.
//
// The same digest is the principal's ID. Salt keys it: an empty salt is
// replaced by a random one, and processes that are to know the same caller by
// the same ID are given the same salt.
func Header(look Look, salt []byte) Authenticator {
	return &header{digests: newDigests(salt), verdicts: newVerdicts(look)}
}

type header struct {
	digests  *digests
	verdicts *verdicts
}

// Authenticate reads the key and has it judged.
func (h *header) Authenticate(r *http.Request) (Principal, error) {
	key, refusal := presentedKey(r)
	if refusal != nil {
		return Principal{}, refusal
	}
	id := h.digests.of(key)
	if refusal := h.verdicts.of(r.Context(), id, secret.New(key)); refusal != nil {
		return Principal{}, refusal
	}
	return Principal{ID: "key:" + id, Write: true, Key: secret.New(key)}, nil
}

// presentedKey finds the key. Two that differ cannot both be meant.
func presentedKey(r *http.Request) (string, *rpcerror.Refusal) {
	token, refusal := bearer(r)
	if refusal != nil {
		return "", refusal
	}
	keys := r.Header[apiKeyHeader]
	if len(keys) > 1 {
		return "", ambiguous("the X-Fiskl-Api-Key header is given more than once")
	}
	key := token
	if len(keys) == 1 {
		key = strings.TrimSpace(keys[0])
		if token != "" && subtle.ConstantTimeCompare([]byte(key), []byte(token)) == 0 {
			return "", ambiguous("X-Fiskl-Api-Key and Authorization carry different keys: send one of them")
		}
	}
	switch {
	case key == "":
		return "", refused("send your Fiskl API key in the X-Fiskl-Api-Key header", false)
	case !strings.HasPrefix(key, keyPrefix), !plausible(key):
		return "", refused("that is not a Fiskl API key, which begins with fsk_", true)
	}
	return key, nil
}
