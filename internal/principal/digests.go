package principal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"sync"
)

// digests stands in for keys: who knows a digest, and not the salt, cannot
// even try out keys against it.
type digests struct{ pool sync.Pool }

func newDigests(salt []byte) *digests {
	if len(salt) == 0 {
		salt = make([]byte, sha256.Size)
		_, _ = rand.Read(salt) // never fails
	}
	return &digests{sync.Pool{New: func() any { return hmac.New(sha256.New, salt) }}}
}

// of is the digest of a key, 16 bytes in base64.
func (d *digests) of(key string) string {
	mac, ok := d.pool.Get().(hash.Hash)
	if !ok {
		return ""
	}
	defer d.pool.Put(mac)
	mac.Reset()
	_, _ = mac.Write([]byte(key)) // a hash takes everything
	var sum [sha256.Size]byte
	return base64.RawURLEncoding.EncodeToString(mac.Sum(sum[:0])[:16])
}
