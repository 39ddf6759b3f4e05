package oauth

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	visitLife = 10 * time.Minute
	maxVisits = 1000

	// browserCookie tells browsers apart, so that a form is taken only from the browser it was shown in.
	browserCookie = "fiskl_sandbox_browser"
)

// visit is a person's way through the pages. Its id stands in the forms and is the guard against forged ones: nobody
// else knows it, and it is worth nothing without the cookie.
type visit struct {
	id, browser string
	request     *request
	user        User // Empty until somebody signed in.
	expires     time.Time
}

func (v visit) signedIn() bool { return v.user.Email != "" }

// visits are those under way, by id.
type visits map[string]visit

// begin starts a visit for a browser, which gets a cookie if it has none.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, asked *request) (visit, error) {
	browser := cookie(r)
	if browser == "" {
		browser = rand.Text()
		http.SetCookie(w, &http.Cookie{ //nolint:gosec // It is Secure wherever the sandbox is served over TLS.
			Name: browserCookie, Value: browser, Path: authorizePath,
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
		})
	}
	v := visit{id: rand.Text(), browser: browser, request: asked, expires: s.options.Now().Add(visitLife)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.visits) >= maxVisits {
		now := s.options.Now()
		maps.DeleteFunc(s.visits, func(_ string, v visit) bool { return !now.Before(v.expires) })
	}
	if len(s.visits) >= maxVisits {
		return visit{}, errors.New("too many visits")
	}
	s.visits[v.id] = v
	return v, nil
}

// find is the visit a form belongs to.
func (s *Server) find(r *http.Request) (visit, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.visits[r.PostForm.Get("visit")]
	same := subtle.ConstantTimeCompare([]byte(v.browser), []byte(cookie(r))) == 1
	return v, ok && same && s.options.Now().Before(v.expires)
}

func (s *Server) keep(v visit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.visits[v.id] = v
}

// end ends a visit. It reports whether that was still to be done: of two clicks on Allow one counts.
func (s *Server) end(v visit) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.visits[v.id]
	delete(s.visits, v.id)
	return ok
}

func cookie(r *http.Request) string {
	c, err := r.Cookie(browserCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// goOn takes a form: a sign-in, or what was agreed to.
func (s *Server) goOn(w http.ResponseWriter, r *http.Request) {
	if err := http.NewCrossOriginProtection().Check(r); err != nil || r.ParseForm() != nil {
		s.sorry(w, "That form did not come from this page.", "Go back to the program that sent you here and start again.")
		return
	}
	v, ok := s.find(r)
	switch {
	case !ok:
		s.over(w)
	case r.PostForm.Get("answer") == "deny":
		s.back(w, r, v, url.Values{"error": {"access_denied"}, "error_description": {"The user said no."}})
	case !v.signedIn():
		s.signIn(w, r, v)
	default:
		s.agree(w, r, v)
	}
}

func (s *Server) over(w http.ResponseWriter) {
	s.sorry(w, "This sign-in is over.", "It took longer than ten minutes, was finished already, or your browser refuses cookies. "+
		"Go back to the program that sent you here and start again.")
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request, v visit) {
	email := strings.TrimSpace(r.PostForm.Get("email"))
	i := slices.IndexFunc(s.options.Users, func(u User) bool {
		return strings.EqualFold(u.Email, email) && u.Password == r.PostForm.Get("password")
	})
	if i < 0 {
		s.showSignIn(w, v, email, "E-mail or password is wrong.")
		return
	}
	v.user = s.options.Users[i]
	s.keep(v)
	s.showConsent(w, v, "")
}

// agree takes the ticked scopes. What was not asked for cannot be ticked.
func (s *Server) agree(w http.ResponseWriter, r *http.Request, v visit) {
	var ticked []string
	for _, scope := range v.request.scopes {
		if slices.Contains(r.PostForm["scope"], scope.Name) {
			ticked = append(ticked, scope.Name)
		}
	}
	switch {
	case r.PostForm.Get("answer") != "allow":
		s.showConsent(w, v, "")
	case len(ticked) == 0:
		s.showConsent(w, v, "Tick what it may do, or deny it everything.")
	default:
		s.allow(w, r, v, ticked)
	}
}
