package inprocess_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// ask sends a request to a handler and returns what a client gets.
func ask(ctx context.Context, t *testing.T, body io.Reader, h http.HandlerFunc) (*http.Response, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://api.example/v1/x%2Fy?a=1", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer fsk_test")
	client := http.Client{Transport: inprocess.Transport{Handler: h}}
	res, err := client.Do(req)
	if err != nil {
		return nil, "", err
	}
	b, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return res, string(b), nil
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	res, body, err := ask(t.Context(), t, strings.NewReader("ping"), func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Request-Id", "7")
		w.WriteHeader(http.StatusCreated)
		w.WriteHeader(http.StatusTeapot) // too late, as on a real server
		_, _ = io.WriteString(w, r.Host+" "+r.RequestURI+" "+r.Header.Get("Authorization")+" "+string(b))
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusCreated || res.Status != "201 Created" || res.Header.Get("X-Request-Id") != "7" {
		t.Errorf("got %s with %v", res.Status, res.Header)
	}
	if want := "api.example /v1/x%2Fy?a=1 Bearer fsk_test ping"; body != want || res.ContentLength != int64(len(want)) {
		t.Errorf("got %q of %d bytes, want %q", body, res.ContentLength, want)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	res, body, err := ask(t.Context(), t, nil, func(_ http.ResponseWriter, r *http.Request) {
		if b, err := io.ReadAll(r.Body); err != nil || len(b) > 0 {
			t.Errorf("the handler read %q, %v", b, err)
		}
	})
	if err != nil || res.StatusCode != http.StatusOK || body != "" {
		t.Errorf("got %v %q %v", res, body, err)
	}
}

// TestCut finds that a handler which cuts the connection, or breaks, leaves no
// half of an answer.
func TestCut(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{"cut": http.ErrAbortHandler, "broken": "a defect"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := ask(t.Context(), t, nil, func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, "half")
				panic(value)
			})
			if err == nil {
				t.Error("no error")
			}
		})
	}
}

// TestGiveUp finds that a caller who has gone waits for nobody.
func TestGiveUp(t *testing.T) {
	t.Parallel()
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		ctx, stop := context.WithCancel(t.Context())
		stop()
		_, _, err := ask(ctx, t, nil, func(http.ResponseWriter, *http.Request) { t.Error("the handler was asked") })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("as it is answered", func(t *testing.T) {
		t.Parallel()
		for range 100 { // either may be seen first
			ctx, stop := context.WithCancel(t.Context())
			if _, _, err := ask(ctx, t, nil, func(http.ResponseWriter, *http.Request) { stop() }); !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
		}
	})
	t.Run("meanwhile", func(t *testing.T) {
		t.Parallel()
		ctx, stop := context.WithCancel(t.Context())
		told := make(chan struct{})
		_, _, err := ask(ctx, t, nil, func(_ http.ResponseWriter, r *http.Request) {
			stop()
			<-r.Context().Done()
			close(told)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		<-told
	})
}
