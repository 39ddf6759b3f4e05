package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/time/rate"
)

// DefaultBaseURL is where Fiskl's public API lives (documented).
const DefaultBaseURL = "https://api.fiskl.com"

// Options configures a [Client]. Only TokenSource is needed; the zero value of
// every other field works.
type Options struct {
	// TokenSource gives the bearer token of each request: an API key (see
	// [Key]) or an OAuth token. One that is a [Renewer] is told when the API
	// refuses what it gave.
	TokenSource oauth2.TokenSource

	// BaseURL is the API's root, without /v1. Empty means DefaultBaseURL. It
	// must be https unless it is a loopback address.
	BaseURL string

	// Transport carries the requests. Nil means a pooled transport of the
	// client's own.
	Transport http.RoundTripper

	// Logger receives one debug record for each request sent, without queries,
	// bodies or headers. Nil discards them.
	Logger *slog.Logger

	// Rate is the most requests a second that the client sends; 0 means
	// DefaultRate, a negative number means no limit.
	Rate float64

	// Pace is shared by clients that use one credential, so that all together
	// keep to its rate; see [NewPace]. Nil means one of the client's own, of Rate.
	Pace *rate.Limiter

	// Timeout bounds one operation with its retries; 0 means DefaultTimeout.
	Timeout time.Duration

	// MinorUnits says how many minor units Fiskl counts in currencies that do
	// not have hundredths. See [MinorUnits].
	MinorUnits MinorUnits

	// ReadOnly refuses every request that could change something, whatever
	// method is called.
	ReadOnly bool

	// Endpoints move operations from where [Endpoints] has them, for an API in
	// beta whose paths are mostly inferred. What a row leaves empty stays as it
	// is. A path keeps the operation's parameters and their order; a read stays
	// a GET, and a write a POST, PUT or PATCH.
	Endpoints []Endpoint

	// Dialect says how the API differs from the form that openapi.yaml
	// describes: in paths, names, wrappers, pages, words, money and dates. Nil
	// means in nothing, as far as answers leave no doubt. Where it moves an
	// operation, Endpoints wins.
	Dialect *Dialect

	// Guard is asked before every write. Nil lets all through.
	Guard Guard

	// Zone is the company's time zone, for where Fiskl does not tell it. Nil
	// means that it is not known, and UTC is taken.
	Zone *time.Location

	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Defaults of Options.
const (
	DefaultRate    = 10
	DefaultTimeout = 30 * time.Second
)

// Client reads and writes one company's books through Fiskl's public API. Make
// it with [New]; it is safe for concurrent use.
type Client struct {
	Companies   Companies
	Periods     Periods
	Permissions Permissions
	Features    Features
	Clients     Clients
	Vendors     Vendors
	Invoices    Invoices
	Quotes      Quotes
	Payments    Payments
	Products    Products
	Taxes       Taxes
	Accounts    Accounts
	Reports     Reports
	Insights    Insights
	Audit       Audit

	*connection

	guard Guard
}

// connection is what a client and those that are [Client.Guarded] over it have
// in common: the road to the API, and what is known of the books.
type connection struct {
	base      string
	transport http.RoundTripper
	endpoints map[Operation]Endpoint
	minor     MinorUnits
	readOnly  bool
	timeout   time.Duration
	now       func() time.Time
	dialect   *Dialect
	forms     forms
	plans     plans
	writing   writing
	slowly    atomic.Int64 // answers that were not in the canonical form
	paging    paging
	crowd     crowd
	directory directory
	zone      *time.Location // nil when it is not known
	missing   absences
	company   cached[wireCompany]
	periods   cached[[]wirePeriod]
	taxes     cached[[]wireTax]
	accounts  cached[[]wireAccount]
	maker     sync.Mutex // held while a record is made that must have no namesake
}

// New returns a client. It sends nothing.
func New(o Options) (*Client, error) {
	if o.TokenSource == nil {
		return nil, errors.New("fisklapi: Options.TokenSource is nil")
	}
	base, err := parseBase(cmp.Or(o.BaseURL, DefaultBaseURL))
	if err != nil {
		return nil, err
	}
	if err := o.MinorUnits.validate(); err != nil {
		return nil, err
	}
	endpoints, err := table(o.Endpoints, o.Dialect)
	if err != nil {
		return nil, err
	}
	c := &Client{guard: o.Guard, connection: &connection{
		base:      base,
		endpoints: endpoints,
		minor:     o.MinorUnits,
		dialect:   o.Dialect,
		readOnly:  o.ReadOnly,
		timeout:   cmp.Or(o.Timeout, DefaultTimeout),
		now:       o.Now,
		zone:      o.Zone,
	}}
	if c.now == nil {
		c.now = time.Now
	}
	c.crowd.now = c.now
	c.transport = transport(o, &c.crowd)
	if c.guard == nil {
		c.guard = func(context.Context, Write) (func(Result) Result, error) {
			return func(r Result) Result { return r }, nil
		}
	}
	c.bind()
	return c, nil
}

// Guarded returns a client of the same books, over the same connection and with
// the same memory, whose writes the guard is asked about. So a guard can be made
// that reads the books through the client that it is not yet asked by.
func (c *Client) Guarded(g Guard) *Client {
	guarded := &Client{connection: c.connection, guard: g}
	guarded.bind()
	return guarded
}

func (c *Client) bind() {
	c.Companies, c.Periods, c.Permissions, c.Features = Companies{c}, Periods{c}, Permissions{c}, Features{c}
	c.Clients, c.Vendors, c.Invoices, c.Quotes = Clients{c}, Vendors{c}, Invoices{c}, Quotes{c}
	c.Payments, c.Products, c.Taxes, c.Accounts = Payments{c}, Products{c}, Taxes{c}, Accounts{c}
	c.Reports, c.Insights, c.Audit = Reports{c}, Insights{c}, Audit{c}
}

// BaseURL returns the API's root, without /v1.
func (c *Client) BaseURL() string { return c.base }

// Key makes an API key ("fsk_…") a token source.
func Key(secret string) oauth2.TokenSource {
	return oauth2.StaticTokenSource(&oauth2.Token{AccessToken: secret, TokenType: "Bearer"})
}

// CredentialError says why there is no usable credential. A token source that
// returns it has its words shown to whoever made the call.
type CredentialError struct {
	Problem string // a sentence that says what to do
}

func (e *CredentialError) Error() string { return e.Problem }

// OptionError says which of the [Options] cannot be used, and why.
type OptionError struct {
	Option  string // the field's name
	Problem string // a clause that follows the name; it quotes the value
}

func (e *OptionError) Error() string { return "fisklapi: " + e.Option + " " + e.Problem }

// noRedirect keeps a redirect as an answer: the API has none, and following
// one would carry the token to another host.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func parseBase(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || !plainRoot(u) {
		return "", &OptionError{"BaseURL", shown(s) + " is not of the form https://host"}
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return "", &OptionError{"BaseURL", shown(s) + " must be https: it carries your key; http is for loopback addresses only"}
	}
	return strings.TrimSuffix(strings.TrimSuffix(u.String(), "/"), "/v1"), nil
}

func plainRoot(u *url.URL) bool {
	return u.Host != "" && u.User == nil && u.RawQuery == "" && !u.ForceQuery && u.Fragment == ""
}

// shown quotes a base URL, unless it may hold a password or is a key.
func shown(s string) string {
	if strings.Contains(s, "@") || strings.Contains(s, "fsk_") {
		return "(not shown, because it may hold a secret)"
	}
	return strconv.Quote(s)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
