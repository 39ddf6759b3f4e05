package principal

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// lookAgain is how often the file of tokens is looked at for changes.
const lookAgain = time.Second

// Static lets callers in who present one of the access tokens of a file as a
// bearer token. The server's own Fiskl key serves them all.
//
// Each line of the file is name:hash or name:hash:rw or name:hash:ro. The hash
// is the SHA-256 of the token in hex, so that the file lets nobody in. Only rw
// allows tools that write. Blank lines and lines that begin with # are
// skipped. Only the file's owner may read it, unless it lies in credentials, the
// folder that a service manager made for this program; empty for none.
//
// A changed file is taken up within a second of the next request, and one
// without tokens lets nobody in. One that cannot be used is logged, and what was
// read before stays in force.
func Static(file, credentials string, logger *slog.Logger) (Authenticator, error) {
	s := &static{file: file, credentials: credentials, logger: logger}
	tokens, info, err := readTokens(file, credentials)
	if err != nil {
		return nil, fmt.Errorf("the access tokens cannot be used: %w", err)
	}
	s.tokens, s.seen, s.looked = tokens, info, time.Now()
	return s, nil
}

type static struct {
	file        string
	credentials string
	logger      *slog.Logger

	mu     sync.Mutex
	tokens tokens
	seen   fs.FileInfo
	looked time.Time
}

// Authenticate finds the token's line.
func (s *static) Authenticate(r *http.Request) (Principal, error) {
	token, refusal := bearer(r)
	if refusal != nil {
		return Principal{}, refusal
	}
	switch {
	case r.Header.Get(apiKeyHeader) != "", strings.HasPrefix(token, keyPrefix):
		return Principal{}, refused("this server takes access tokens, not Fiskl API keys: "+
			"ask whoever runs it for a token, and consider the key you sent as shown to a stranger", true)
	case token == "":
		return Principal{}, refused("send your access token as Authorization: Bearer <token>", false)
	case !plausible(token):
		return Principal{}, refused("the access token is not valid", true)
	}
	found, ok := s.current(r).find(sha256.Sum256([]byte(token)))
	if !ok {
		return Principal{}, refused("the access token is not valid", true)
	}
	return Principal{ID: "token:" + found.name, Name: found.name, Write: found.write}, nil
}

// current is the tokens in force.
func (s *static) current(r *http.Request) tokens {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.looked) < lookAgain {
		return s.tokens
	}
	s.looked = time.Now()
	info, err := os.Stat(s.file)
	if err == nil && s.same(info) {
		return s.tokens
	}
	read, info, err := readTokens(s.file, s.credentials)
	switch {
	case errors.Is(err, errNoTokens):
		s.tokens, s.seen = nil, info
		s.logger.WarnContext(r.Context(), "access tokens read again: there are none, and nobody is let in")
		return nil
	case err != nil:
		s.complain(r, info, err)
		return s.tokens
	}
	s.tokens, s.seen = read, info
	s.logger.InfoContext(r.Context(), "access tokens read again", "count", len(read))
	return s.tokens
}

// complain logs a version of the file that cannot be used, once.
func (s *static) complain(r *http.Request, info fs.FileInfo, err error) {
	if s.seen == nil && info == nil {
		return
	}
	s.seen = info
	s.logger.ErrorContext(r.Context(), "access tokens not read again: those read before stay in force", "problem", err)
}

// same reports that a file is the version last looked at.
func (s *static) same(info fs.FileInfo) bool {
	return s.seen != nil && os.SameFile(s.seen, info) && s.seen.Mode() == info.Mode() &&
		s.seen.Size() == info.Size() && s.seen.ModTime().Equal(info.ModTime())
}
