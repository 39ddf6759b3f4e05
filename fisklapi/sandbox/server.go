package sandbox

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/demo"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// Options are the choices a sandbox is made with. The zero value is the documented demo company on today's clock.
type Options struct {
	Now   func() time.Time // The present moment; nil means time.Now.
	Seed  uint64           // Varies the demo company's small details; 0 is the documented demo.
	Empty bool             // No history: only the company, its chart of accounts, its taxes and the keys.

	// Generated is a company of 24 months that Seed makes up, in place of the demo company: books without a fault, but for
	// those of Faults, which all fall into the month before Now.
	Generated bool
	Faults    []demo.Fault

	// Like is a sandbox whose company this one starts with, as it stands when it is first asked for. Both go their own
	// way from there. It takes a hundredth of the time that building a company takes; Seed and Empty are not looked at.
	Like *Server

	RedirectURIs []string // Where the connected app fiskl-mcp may be sent back to, besides [RedirectURI].
}

// Server is one sandbox, an [http.Handler]. It is safe for use by several goroutines at once.
type Server struct {
	options  Options
	mux      *http.ServeMux
	faults   faults
	requests atomic.Uint64
	keys     func() []Key // All keys, put together once.

	authorization func() *oauth.Server // Made by the first request that needs it.

	mu    sync.Mutex
	books *books.Books // nil until the first request that needs data.

	computed *reports.Reports // On the books; nil until the first report.
}

// New makes a sandbox. It is cheap: the company is built by the first request that asks for its data.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{options: o, mux: http.NewServeMux()}
	s.keys = sync.OnceValue(Keys)
	s.authorization = sync.OnceValue(s.newAuthorization)
	s.route()
	return s
}

// ServeHTTP answers one request. Every answer carries an X-Request-Id.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", fmt.Sprintf("sandbox-%06d", s.requests.Add(1)))
	s.mux.ServeHTTP(w, r)
}

// Inject makes coming requests fail as the fault says.
func (s *Server) Inject(f Fault) { s.faults.add(f) }

// ClearFaults lets all coming requests through again.
func (s *Server) ClearFaults() { s.faults.clear() }

// open is the company's books, built on first use. The caller holds the lock.
func (s *Server) open() (*books.Books, error) {
	if s.books != nil {
		return s.books, nil
	}
	opened, err := s.build()
	if err != nil {
		return nil, fmt.Errorf("opening the sandbox's books: %w", err)
	}
	s.books = opened
	return opened, nil
}

// build makes the books that the options say.
func (s *Server) build() (*books.Books, error) {
	o := s.options
	switch {
	case o.Like != nil:
		return o.Like.copied(o.Now)
	case o.Generated:
		return demo.Generated(o.Now, o.Seed, o.Faults...)
	case o.Empty:
		return demo.EmptyCompany(o.Now, o.Seed)
	default:
		return demo.Company(o.Now, o.Seed)
	}
}

// copied are books of their own that hold what the company's hold now.
func (s *Server) copied(now func() time.Time) (*books.Books, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	return b.Copy(now), nil
}

// reports are the company's reports, which keep their index of the ledger between requests. The caller holds the lock.
func (s *Server) reports() (*reports.Reports, error) {
	if s.computed != nil {
		return s.computed, nil
	}
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	s.computed = reports.New(b)
	return s.computed, nil
}
