// Package login signs a person in with Fiskl through the browser, keeps the
// sign-in alive, and lends every call the credential that was saved.
package login

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// Options say whose saved credential a [Source] lends.
type Options struct {
	Store *credential.Store
	Slot  credential.Slot

	// None is said while nothing is saved: a sentence that says what to do.
	None string

	// Taken are the digests of the API keys that are set for other companies,
	// with the companies' names. They are never lent.
	Taken map[string]string

	// Transport carries requests to the server that renews tokens; nil means
	// one of its own. Redirects are never followed.
	Transport http.RoundTripper

	Now func() time.Time // nil means time.Now
}

// Source lends what the person signed in with. It looks nowhere before the
// first call; from then on it sees when somebody signs in or out. Every error
// that the person has to see to is a [*fisklapi.CredentialError]. It is safe
// for concurrent use, and renews tokens once for all processes.
type Source struct {
	o Options

	mu      sync.Mutex
	seen    fs.FileInfo           // the file, when it was last read
	have    credential.Credential // what it held
	first   *credential.Credential
	unsaved *unsaved
	failed  failure
}

// failure is a renewal that did not succeed. For a moment it is the answer to
// all who ask, so that a crowd does not knock at a closed door.
type failure struct {
	until time.Time
	err   error
}

// NewSource returns a source. It touches nothing.
func NewSource(o Options) *Source {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Source{o: o}
}

// patience bounds all that is waited for on behalf of one call.
const patience = 90 * time.Second

// Token lends the credential. It renews one that is about to expire.
func (s *Source) Token() (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.current(ctx)
	if err == nil && s.stale(c) {
		c, err = s.renew(ctx, c, false)
	}
	if err != nil {
		return nil, plain(err)
	}
	return signing(c), nil
}

// Renew lends another credential than one that the API has just refused: what
// somebody else saved meanwhile, or a renewed token. One that was renewed for the
// same reason a moment ago is not renewed again.
func (s *Source) Renew(ctx context.Context, refused string) (*oauth2.Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = nil // read it again, whatever the file looks like
	c, err := s.current(ctx)
	switch {
	case err != nil:
		return nil, plain(err)
	case c.Bearer().Reveal() != refused:
		return signing(c), nil
	case c.Kind == credential.APIKey:
		return nil, &fisklapi.CredentialError{Problem: "Fiskl did not accept the saved API key: it has expired or was revoked. Make a new one in Fiskl (Settings > API & Connections > My API keys), and run: " + s.o.Slot.Command(c.Kind)}
	case s.doubtful(c.Grant):
		return nil, &fisklapi.CredentialError{Problem: "Fiskl does not accept the sign-in, though it was renewed just now. Run: " + s.o.Slot.Command(c.Kind)}
	}
	c, err = s.renew(ctx, c, true)
	if err != nil {
		return nil, plain(err)
	}
	return signing(c), nil
}

// ID tells the sign-in from every other, without the key to it; empty while
// there is none.
func (s *Source) ID() string {
	h, err := s.Peek()
	if err != nil {
		return ""
	}
	return h.ID
}

// Peek tells of what is saved without the key to it.
func (s *Source) Peek() (credential.Header, error) { return s.o.Store.Peek(s.o.Slot) }

// Problem says what keeps the sign-in from being used, as far as that shows
// without the key to it; empty if nothing does.
func (s *Source) Problem() string {
	_, err := s.Peek()
	if err == nil {
		return ""
	}
	return s.missing(err).Error()
}

// Show returns what is saved, for somebody who wants to see it. Nothing is
// renewed.
func (s *Source) Show(ctx context.Context) (credential.Credential, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current(ctx)
}

// current is what is saved now.
func (s *Source) current(ctx context.Context) (credential.Credential, error) {
	if s.unsaved != nil {
		return s.saveLate(ctx)
	}
	info, err := s.o.Store.Stat(s.o.Slot)
	if err != nil {
		s.seen = nil
		return credential.Credential{}, s.missing(err)
	}
	if s.seen != nil && same(s.seen, info) {
		return s.have, nil
	}
	c, err := s.o.Store.Load(ctx, s.o.Slot)
	if err == nil {
		err = s.admit(c)
	}
	if err != nil {
		s.seen = nil
		return credential.Credential{}, s.missing(err)
	}
	s.seen, s.have = info, c
	return c, nil
}

func same(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

func (s *Source) missing(err error) error {
	if errors.Is(err, credential.ErrNone) {
		return &fisklapi.CredentialError{Problem: s.o.None}
	}
	return err
}

// admit refuses a credential that could open other books than those that this
// program has been working on, or that another company's key opens.
func (s *Source) admit(c credential.Credential) error {
	if c.Kind == credential.APIKey {
		if other, taken := s.o.Taken[c.Key.Digest()]; taken {
			return &fisklapi.CredentialError{Problem: fmt.Sprintf("%s has the same API key as the one that was saved for %s, so they are one company: give each its own", other, s.o.Slot.Name)}
		}
	}
	switch {
	case s.first == nil:
		s.first = &c
	case s.first.ID == c.ID:
	case s.first.Company.ID != "" && s.first.Company.ID == c.Company.ID:
		s.failed = failure{}
	default:
		return &fisklapi.CredentialError{Problem: "somebody signed in anew since this server started, and perhaps to another company. Restart it, in your client, to go on"}
	}
	return nil
}

// signing is a credential as requests are signed with it.
func signing(c credential.Credential) *oauth2.Token {
	return &oauth2.Token{AccessToken: c.Bearer().Reveal(), TokenType: "Bearer"}
}

// plain makes every error one that is shown to the person: whatever it is,
// there is no credential to call with.
func plain(err error) error {
	if _, is := errors.AsType[*fisklapi.CredentialError](err); is || errors.Is(err, context.Canceled) {
		return err
	}
	return &fisklapi.CredentialError{Problem: strings.TrimSuffix(err.Error(), ".")}
}
