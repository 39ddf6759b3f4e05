package login

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
)

// style is all that the page looks like.
const style = `:root{color-scheme:light dark}` +
	`body{margin:0;min-height:100vh;display:grid;padding:1rem;box-sizing:border-box;font:1.15rem/1.5 system-ui,sans-serif}` +
	`p{max-width:34rem;margin:auto}`

// page answers a browser. It shows nothing that came in, loads nothing, and
// runs nothing.
func page(w http.ResponseWriter, status int, text string) {
	sum := sha256.Sum256([]byte(style))
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Connection", "close")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>fiskl-mcp</title><link rel="icon" href="data:,"><style>%s</style></head>
<body><p id="answer">%s</p></body></html>
`, style, text) // the browser may be gone
}
