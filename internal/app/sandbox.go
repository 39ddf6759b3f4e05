package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect/speak"
)

func sandboxCommand(w environment) *cobra.Command {
	addr, file, redirects := "", "", []string(nil)
	c := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the demo company's API alone, over HTTP",
		Long: "Serve the demo company's API alone, over HTTP on a loopback address, and its OAuth server. It forgets everything when it stops.\n\n" +
			"Keys:\n" + keyTable() + "\nPeople who may sign in to connect an app:\n" + userTable(),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			for _, uri := range redirects {
				if err := oauth.CheckRedirectURI(uri); err != nil {
					return usageError{fmt.Errorf("--redirect-uri %q: %w", uri, err)}
				}
			}
			cfg, err := config.Read(config.Environment{Variables: config.Variables{"FISKL_SANDBOX=1"}, Now: w.now}, map[string]string{"today": todayOf(c, w)})
			if err != nil {
				return usageError{err}
			}
			var api http.Handler = sandbox.New(sandbox.Options{Now: cfg.Now, RedirectURIs: redirects})
			if file != "" {
				d, err := spokenDialect(file)
				if err != nil {
					return usageError{fmt.Errorf("--dialect %q: %w", file, err)}
				}
				api = speak.Handler(api, d)
			}
			return serveSandbox(c.Context(), w, addr, api)
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8790", "loopback address to listen on")
	c.Flags().StringVar(&file, "dialect", "", "file that says how the API is to differ from Fiskl's documented form, as docs/sandbox.md shows")
	c.Flags().StringArrayVar(&redirects, "redirect-uri", nil,
		"where the OAuth client "+sandbox.ClientID+" may be sent back to besides "+sandbox.RedirectURI+"; may be given several times")
	return c
}

// todayOf is the day that the sandbox is to live on, as it was set.
func todayOf(c *cobra.Command, w environment) string {
	if f := c.Flags().Lookup("today"); f != nil && f.Changed {
		return f.Value.String()
	}
	return w.env.Get("FISKL_SANDBOX_TODAY")
}

// spokenDialect reads the file that says how the sandbox's API is to differ.
// Its keys are public, so that anybody may have written the file.
func spokenDialect(name string) (*dialect.Dialect, error) {
	f, err := os.Open(filepath.Clean(name))
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	return dialect.Read(f)
}

func userTable() string {
	var b strings.Builder
	for _, u := range sandbox.Users() {
		fmt.Fprintf(&b, "  %-28s password %s, %s\n", u.Email, u.Password, u.Role)
	}
	return b.String()
}

func keyTable() string {
	var b strings.Builder
	for _, k := range sandbox.Keys() {
		fmt.Fprintf(&b, "  %-24s %s, %s\n", k.Secret, k.Preset, k.Status)
	}
	return b.String()
}

func serveSandbox(ctx context.Context, w environment, addr string, api http.Handler) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return usageError{fmt.Errorf("--addr %q is not of the form HOST:PORT", addr)}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return usageError{fmt.Errorf("--addr %q is not a loopback address: the sandbox's keys are public", addr)}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	_, _ = fmt.Fprintf(w.err, "Sandbox API at http://%s/v1 with these keys:\n%sTry: curl -H 'Authorization: Bearer %s' http://%s/v1/date-periods\n"+
		"OAuth at http://%s for the client %s, with these people:\n%s",
		l.Addr(), keyTable(), sandbox.KeyOwner, l.Addr(), l.Addr(), sandbox.ClientID, userTable()) // a person may not be looking
	s := &http.Server{Handler: api, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = s.Shutdown(grace) // what has not finished by then is cut
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the sandbox: %w", err)
	}
	return nil
}
