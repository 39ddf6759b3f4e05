package oauth

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/go-oauth2/oauth2/v4/server"
)

// Options are the choices an authorization server is made with. Now, Clients and Users must be given.
type Options struct {
	Now     func() time.Time // The present moment.
	Company string           // Whose books these are, as the pages name them.
	Clients []Client         // The registered apps.
	Users   []User           // Who may sign in.
}

// Client is a registered app. It is public: it has no secret, and PKCE stands for one.
type Client struct {
	ID           string
	Name         string   // As the pages name it.
	RedirectURIs []string // Compared letter by letter; [CheckRedirectURI] tells what may be registered.
}

// User is somebody who may sign in.
type User struct {
	Email       string // Compared without regard to case.
	Password    string
	Name        string
	Role        string // As the pages name it, as in "Owner".
	Permissions []string
}

// Server is one authorization server, an [http.Handler] for the paths the package names. It is safe for use by several
// goroutines at once.
type Server struct {
	options Options
	mux     *http.ServeMux
	library *server.Server

	mu     sync.Mutex // Held while a request is decided, never while an answer is sent.
	store  *store
	visits visits
}

// New makes an authorization server.
func New(o Options) *Server {
	s := &Server{options: o, mux: http.NewServeMux(), store: newStore(o.Now), visits: visits{}}
	s.library = s.newLibrary()
	s.mux.HandleFunc("GET "+serverMetadataPath, s.serverMetadata)
	s.mux.HandleFunc("GET "+resourceMetadataPath, s.resourceMetadata)
	s.mux.HandleFunc("GET "+resourceMetadataPath+resourcePath, s.resourceMetadata)
	s.mux.HandleFunc("GET "+authorizePath, s.askToSignIn)
	s.mux.HandleFunc("POST "+authorizePath, s.goOn)
	s.mux.HandleFunc("POST "+tokenPath, s.token)
	s.mux.HandleFunc("POST "+revokePath, s.revoke)
	return s
}

// Paths are the patterns of [http.ServeMux] that a server has to be given.
func Paths() []string {
	return []string{serverMetadataPath, resourceMetadataPath, resourceMetadataPath + resourcePath, "/oauth/"}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, largestBody)
	s.mux.ServeHTTP(w, r)
}

// Access is what an access token stands for.
type Access struct {
	User   User
	Client Client
	Scopes []string // Those the user left ticked, or fewer where a refresh asked for fewer.
}

// Access finds what an access token stands for, or says why it is none.
func (s *Server) Access(token string) (Access, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	family, scopes, err := s.store.find(token)
	if err != nil {
		return Access{}, err
	}
	user, _ := s.user(family.user)
	client, _ := s.client(family.client)
	return Access{User: user, Client: client, Scopes: scopes}, nil
}

// Counts tell what was asked of a server since it was made.
type Counts struct {
	Codes     int `json:"codes"`     // Codes swapped for tokens.
	Refreshes int `json:"refreshes"` // Refresh tokens swapped for new ones.
	Reuses    int `json:"reuses"`    // Codes and refresh tokens that came a second time.
	Revoked   int `json:"revoked"`   // Sign-ins taken back, by a reuse or because it was asked for.
}

// Counts tells what was asked of the server so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store.counts
}

// ExpireAccessTokens ends the life of all access tokens given so far. Refresh tokens live on.
func (s *Server) ExpireAccessTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.store.expire()
}

func (s *Server) client(id string) (Client, bool) {
	i := slices.IndexFunc(s.options.Clients, func(c Client) bool { return c.ID == id })
	if i < 0 {
		return Client{}, false
	}
	return s.options.Clients[i], true
}

func (s *Server) user(email string) (User, bool) {
	i := slices.IndexFunc(s.options.Users, func(u User) bool { return u.Email == email })
	if i < 0 {
		return User{}, false
	}
	return s.options.Users[i], true
}
