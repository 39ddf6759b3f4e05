package httpguard

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash"
	"net/http"
	"sync"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/ttlmap"
)

// Sessions are those of the eras before 2026-07-28. Nothing is kept of one
// but, once its client has ended it, that it is over: an id states by itself
// when it was made and what the client can do, and it is valid for the one
// principal it was made for.
type Sessions struct {
	macs  sync.Pool // to begin one takes as long as to use it
	life  time.Duration
	ended *ttlmap.Map[string, struct{}]
}

// day is how long a session lasts unless said otherwise. A client whose
// session is over begins another, without asking anybody.
const day = 24 * time.Hour

// maxEnded is how many ended sessions are remembered. If a flood pushes one
// out, it is merely valid again for its own client.
const maxEnded = 10_000

// The parts of an id: what the client can do, when it was made, a nonce, and
// the seal over them and the principal.
const (
	madeAt   = 1
	nonceAt  = 5
	sealAt   = 16
	idLength = 32
)

// What a client can do, as bits.
const (
	asksForm byte = 1 << iota
	asksURL
)

// NewSessions makes sessions that last for life, or a day. Processes that are
// to honour each other's sessions share a key; an empty one is replaced by a
// random one.
func NewSessions(key []byte, life time.Duration) *Sessions {
	if len(key) == 0 {
		key = make([]byte, sha256.Size)
		_, _ = rand.Read(key) // never fails
	}
	if life <= 0 {
		life = day
	}
	return &Sessions{
		macs: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }},
		life: life, ended: ttlmap.New[string, struct{}](maxEnded, life),
	}
}

// ServerOptions set the library up for the guard: sessions are these, GET has
// no stream, and which hosts are good is checked already.
func (s *Sessions) ServerOptions() []server.StreamableHTTPOption {
	return []server.StreamableHTTPOption{
		server.WithSessionIdManagerResolver(s),
		server.WithHTTPContextFunc(remind),
		server.WithDisableStreaming(true),
		server.WithDisableLocalhostProtection(true),
	}
}

// mint makes an id.
func (s *Sessions) mint(principal string, can byte) string {
	var id [idLength]byte
	id[0] = can
	binary.BigEndian.PutUint32(id[madeAt:], uint32(time.Now().Unix())) //nolint:gosec // until the year 2106
	_, _ = rand.Read(id[nonceAt:sealAt])                               // never fails
	seal := s.seal(id[:sealAt], principal)
	copy(id[sealAt:], seal[:])
	return base64.RawURLEncoding.EncodeToString(id[:])
}

// seal is the proof of an id's first half.
func (s *Sessions) seal(half []byte, principal string) (seal [sha256.Size]byte) {
	mac := s.macs.Get().(hash.Hash) //nolint:forcetypeassert // there are no others in the pool
	defer s.macs.Put(mac)
	mac.Reset()
	for _, part := range [...][]byte{[]byte("fiskl-mcp session\n"), half, []byte(principal)} {
		_, _ = mac.Write(part) // a hash takes everything
	}
	mac.Sum(seal[:0])
	return seal
}

// valid reports that an id was made for principal and is not over.
func (s *Sessions) valid(text, principal string) bool {
	id, ok := decode(text)
	if !ok {
		return false
	}
	seal := s.seal(id[:sealAt], principal)
	if !hmac.Equal(seal[:idLength-sealAt], id[sealAt:]) {
		return false
	}
	made := time.Unix(int64(binary.BigEndian.Uint32(id[madeAt:])), 0)
	_, ended := s.ended.Get(text)
	return !ended && time.Since(made) < s.life
}

func decode(text string) (id [idLength]byte, ok bool) {
	if len(text) != base64.RawURLEncoding.EncodedLen(idLength) {
		return id, false
	}
	n, err := base64.RawURLEncoding.Strict().Decode(id[:], []byte(text))
	return id, err == nil && n == idLength
}

// end remembers that a session is over.
func (s *Sessions) end(id string) {
	s.ended.GetOrMake(id, ttlmap.Always, func() struct{} { return struct{}{} })
}

// forget has the library let go of what it keeps of a session just
// initialized, some 12 KiB each until the client ends it, which few do. What
// it keeps is a channel for streams that are not offered, and what the client
// can do, which the id says.
func (s *Sessions) forget(next http.Handler, r *http.Request, id string) {
	if id == "" {
		return
	}
	gone := r.WithContext(context.WithValue(context.WithoutCancel(r.Context()), forgetKey{}, true))
	gone.Method, gone.Body = http.MethodDelete, http.NoBody
	gone.Header = http.Header{sessionHeader: {id}}
	next.ServeHTTP(nobody{}, gone)
}

type forgetKey struct{}

// nobody is who an answer to forget is for.
type nobody struct{}

func (nobody) Header() http.Header         { return http.Header{} }
func (nobody) Write(p []byte) (int, error) { return len(p), nil }
func (nobody) WriteHeader(int)             {}

// ability reads what the client of an initialize request can do.
func ability(raw []byte) byte {
	var request struct {
		Params struct {
			Capabilities struct {
				Elicitation *mcp.ElicitationCapability `json:"elicitation"`
			} `json:"capabilities"`
		} `json:"params"`
	}
	if json.Unmarshal(raw, &request) != nil || request.Params.Capabilities.Elicitation == nil {
		return 0
	}
	var can byte
	declared := request.Params.Capabilities.Elicitation
	if declared.URL != nil {
		can |= asksURL
	}
	if declared.Form != nil || declared.URL == nil {
		can |= asksForm // to declare nothing further means forms
	}
	return can
}

// remind tells the library what the client of a session can do.
func remind(ctx context.Context, _ *http.Request) context.Context {
	x := from(ctx)
	if x == nil || x.session == "" {
		return ctx
	}
	id, ok := decode(x.session)
	session, knows := server.ClientSessionFromContext(ctx).(server.SessionWithClientInfo)
	if !ok || !knows || id[0] == 0 {
		return ctx
	}
	elicitation := &mcp.ElicitationCapability{}
	if id[0]&asksForm != 0 {
		elicitation.Form = &struct{}{}
	}
	if id[0]&asksURL != 0 {
		elicitation.URL = &struct{}{}
	}
	session.SetClientCapabilities(mcp.ClientCapabilities{Elicitation: elicitation})
	return ctx
}
