package oauth

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
)

//go:embed pages
var pages embed.FS

// markup is HTML that needs no escaping any more.
type markup string

// fill puts values into the {{places}} of a page. Text is escaped, for elements and for quoted attributes, which are the
// only places the pages have. It stands for html/template, which would make the program a quarter larger.
func fill(page string, values map[string]any) markup {
	var pairs []string
	for name, value := range values {
		text := ""
		switch v := value.(type) {
		case markup:
			text = string(v)
		case string:
			text = html.EscapeString(v)
		}
		pairs = append(pairs, "{{"+name+"}}", text)
	}
	return markup(strings.NewReplacer(pairs...).Replace(source(page)))
}

// source is a file of pages.
func source(name string) string {
	text, err := pages.ReadFile("pages/" + name)
	if err != nil {
		return "" // A test opens all pages.
	}
	return strings.TrimSuffix(string(text), "\n")
}

// show sends a page.
func (s *Server) show(w http.ResponseWriter, status int, title string, body markup, forms string) {
	secure(w, forms)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	page := fill("layout.html", map[string]any{
		"title": title, "company": s.options.Company, "style": markup(source("style.css")), "body": body,
	})
	_, _ = io.WriteString(w, string(page)) // An error means that the reader has gone.
}

// secure sets the headers of pages and redirects. No script runs, no page is framed or kept, and forms go to this server
// and on to the client's address only: browsers apply form-action to the redirect as well.
func secure(w http.ResponseWriter, forms string) {
	digest := sha256.Sum256([]byte(source("style.css")))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'; " +
		"base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
	if forms != "" {
		policy += " " + forms
	}
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// origin is where a redirect address lies, as Content-Security-Policy writes it.
func origin(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// sorry shows what went wrong when there is nobody to be sent back to.
func (s *Server) sorry(w http.ResponseWriter, what, hint string) {
	s.show(w, http.StatusBadRequest, "That did not work", fill("sorry.html", map[string]any{"what": what, "hint": hint}), "")
}

func (s *Server) showSignIn(w http.ResponseWriter, v visit, email, wrong string) {
	var people strings.Builder
	for _, u := range s.options.Users {
		people.WriteString(string(fill("person.html", map[string]any{"email": u.Email, "role": u.Role, "password": u.Password})))
	}
	status, atEmail, atPassword := http.StatusOK, markup("autofocus"), markup("")
	if wrong != "" {
		status, atEmail, atPassword = http.StatusForbidden, "", "autofocus"
	}
	s.show(w, status, "Sign in", fill("signin.html", map[string]any{
		"visit": v.id, "client": v.request.client.Name, "company": s.options.Company,
		"email": email, "people": markup(people.String()), "alert": alert(wrong),
		"atEmail": atEmail, "atPassword": atPassword,
	}), origin(v.request.RedirectURI))
}

func (s *Server) showConsent(w http.ResponseWriter, v visit, wrong string) {
	var reads, writes strings.Builder
	for _, scope := range v.request.scopes {
		note := ""
		if len(Permitted(v.user.Permissions, []string{scope.Name})) == 0 {
			note = "Nothing at present: your role does not include it."
		}
		list := &reads
		if scope.Writes() {
			list = &writes
		}
		list.WriteString(string(fill("scope.html", map[string]any{"name": scope.Name, "sentence": scope.Sentence, "note": note})))
	}
	status := http.StatusOK
	if wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	s.show(w, status, "Agree", fill("consent.html", map[string]any{
		"visit": v.id, "client": v.request.client.Name, "name": v.user.Name, "role": v.user.Role, "company": s.options.Company,
		"back": origin(v.request.RedirectURI), "alert": alert(wrong),
		"reads": group("Look only", reads.String()), "writes": group("Make changes", writes.String()),
	}), origin(v.request.RedirectURI))
}

// group is a list of scopes under a heading, or nothing.
func group(heading, list string) markup {
	if list == "" {
		return ""
	}
	return fill("group.html", map[string]any{"heading": heading, "list": markup(list)})
}

// alert is a sentence that screen readers say at once, or nothing.
func alert(text string) markup {
	if text == "" {
		return ""
	}
	return fill("alert.html", map[string]any{"text": text})
}
