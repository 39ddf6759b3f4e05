// Package seal makes the tokens that bind what a person was shown to what is
// then done, so that nothing else can be done in its place. A token is
// encrypted and authenticated with the installation's key: a model can copy
// it, but can neither read, change nor make one.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"time"
	"unicode"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// MaxLength is the most characters a token has. A model has to copy it.
const MaxLength = 150

// drift is how far in the future a token may have been made: clocks are
// corrected by seconds all the time.
const drift = time.Minute

// idSize is how many bytes of the random nonce tell one token from another.
const idSize = 8

// Sealer makes and opens the tokens of one installation. It is safe for
// concurrent use.
type Sealer struct {
	// These are functions so that no way of printing a Sealer shows a key.
	aead func() cipher.AEAD
	mac  func() hash.Hash

	now func() time.Time
}

// New returns a Sealer for a key that [LoadKey] returned.
func New(key secret.Secret, now func() time.Time) (*Sealer, error) {
	if n := len(key.Reveal()); n != keySize {
		return nil, fmt.Errorf("seal: the key has %d bytes, not %d", n, keySize)
	}
	sealing, err := derive(key, "encryption")
	if err != nil {
		return nil, err
	}
	digests, err := derive(key, "digests")
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(sealing)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return &Sealer{
		aead: func() cipher.AEAD { return aead },
		mac:  func() hash.Hash { return hmac.New(sha256.New, digests) },
		now:  now,
	}, nil
}

// derive makes a key for one use. A new form of token gets a new version here,
// so that it can never be taken for an old one.
func derive(key secret.Secret, use string) ([]byte, error) {
	b, err := hkdf.Key(sha256.New, []byte(key.Reveal()), nil, "fiskl-mcp token 1 "+use, keySize)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return b, nil
}

// Seal returns a new token for claims, good for life, which is cut to whole
// seconds. The same claims never give the same token twice. An error means
// that the claims are not fit to be sealed, which is a mistake of the caller.
func (s *Sealer) Seal(c Claims, life time.Duration) (string, error) {
	plain, err := s.pack(c, s.now(), life)
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX, MaxLength)
	_, _ = rand.Read(nonce) // never fails: it ends the program instead
	prefix := c.Purpose.prefix()
	return prefix + encoding().EncodeToString(s.aead().Seal(nonce, nonce, plain, []byte(prefix))), nil
}

// Open returns what a token holds if it is whole, of this installation, in
// time, and for that purpose, company and tool. White space and quotes around
// it do not matter. Every error is an [*Error].
func (s *Sealer) Open(token string, p Purpose, company, tool string) (Opened, error) {
	nonce, plain, err := s.decrypt(trim(token), p)
	if err != nil {
		return Opened{}, err
	}
	b, sealedFor, err := unpack(plain)
	if err != nil {
		return Opened{}, broken()
	}
	if !b.isFor(s.digest("company", company)) {
		return Opened{}, &Error{"is for another company"}
	}
	if sealedFor != tool {
		return Opened{}, &Error{"is for another tool (" + sealedFor + ")"}
	}
	o := Opened{
		ID:      hex.EncodeToString(nonce[:idSize]),
		Record:  b.Record,
		Issued:  b.issued(),
		Expires: b.issued().Add(b.life()),
		held:    b,
		sealer:  s,
	}
	if err := o.inTime(s.now()); err != nil {
		return Opened{}, err
	}
	return o, nil
}

// decrypt takes a token apart. Its prefix is authenticated along with it.
func (s *Sealer) decrypt(token string, p Purpose) (nonce, plain []byte, err error) {
	prefix := p.prefix()
	if prefix == "" {
		return nil, nil, broken()
	}
	text, ok := strings.CutPrefix(token, prefix)
	if !ok {
		return nil, nil, misplaced(token, p)
	}
	// The decoder would pass over line breaks.
	if len(token) > MaxLength || strings.ContainsAny(text, "\r\n") {
		return nil, nil, broken()
	}
	sealed, err := encoding().DecodeString(text)
	if err != nil || len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, nil, broken()
	}
	nonce, sealed = sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	plain, err = s.aead().Open(nil, nonce, sealed, []byte(prefix))
	if err != nil {
		return nil, nil, broken()
	}
	return nonce, plain, nil
}

// digest is keyed, so that nobody can look for two contents with the same
// digest, however short it is cut. The field keeps a state from passing for a
// content.
func (s *Sealer) digest(field, value string) []byte {
	mac := s.mac()
	_, _ = mac.Write([]byte(field + "\n" + value)) // a hash takes everything
	return mac.Sum(nil)
}

// encoding is strict: a token has one spelling only.
func encoding() *base64.Encoding { return base64.RawURLEncoding.Strict() }

// trim takes off what models put around a token.
func trim(token string) string {
	return strings.TrimFunc(token, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"'`“”‘’", r)
	})
}
