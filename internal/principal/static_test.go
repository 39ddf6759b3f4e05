package principal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// hash is what stands for a token in a file.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// write puts a file of tokens at path, as a careful person would.
func write(t *testing.T, path, text string) {
	t.Helper()
	next := path + ".new"
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, path); err != nil {
		t.Fatal(err)
	}
}

func TestStatic(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "tokens")
	write(t, file, "# who may call\n\nanna:"+hash("token of anna")+":rw\nben@example.com:"+strings.ToUpper(hash("token-of-ben"))+
		"\ncara:"+hash("token-of-cara")+":ro\r\nanna-2:"+hash("token-of-anna")+":rw\n")
	a, err := principal.Static(file, "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		headers []string
		status  int
		who     principal.Principal
		says    string
	}{
		"may write":     {[]string{"Authorization", "Bearer token-of-anna"}, 200, principal.Principal{ID: "token:anna-2", Name: "anna-2", Write: true}, ""},
		"may read":      {[]string{"Authorization", "Bearer token-of-ben"}, 200, principal.Principal{ID: "token:ben@example.com", Name: "ben@example.com"}, ""},
		"ro":            {[]string{"Authorization", "bearer token-of-cara"}, 200, principal.Principal{ID: "token:cara", Name: "cara"}, ""},
		"unknown":       {[]string{"Authorization", "Bearer canary"}, 401, principal.Principal{}, "not valid"},
		"a hash":        {[]string{"Authorization", "Bearer " + hash("token-of-ben")}, 401, principal.Principal{}, "not valid"},
		"spaces":        {[]string{"Authorization", "Bearer token of anna"}, 401, principal.Principal{}, "not valid"},
		"none":          {nil, 401, principal.Principal{}, "Authorization: Bearer"},
		"an API key":    {[]string{"Authorization", "Bearer fsk_canary"}, 401, principal.Principal{}, "not Fiskl API keys"},
		"in its header": {[]string{"X-Fiskl-Api-Key", "fsk_canary"}, 401, principal.Principal{}, "not Fiskl API keys"},
		"twice":         {[]string{"Authorization", "Bearer token-of-ben", "Authorization", "Bearer token-of-ben"}, 400, principal.Principal{}, "more than once"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, who := serve(t.Context(), a, c.headers...)
			if got.Code != c.status || !reflect.DeepEqual(who, c.who) || !strings.Contains(got.Body.String(), c.says) || strings.Contains(got.Body.String(), "canary") {
				t.Errorf("got %d %s %+v", got.Code, got.Body, who)
			}
		})
	}
}

func TestStaticRefuses(t *testing.T) {
	t.Parallel()
	one, two := hash("one"), hash("two")
	for name, c := range map[string]struct{ text, says string }{
		"nothing":        {"", "no token"},
		"only comments":  {"# a:" + one + "\n", "no token"},
		"no hash":        {"a\n", "line 1"},
		"a token":        {"# x\n\na:canary\n", "line 3: the hash"},
		"short":          {"a:" + one[1:] + "\n", "line 1: the hash"},
		"long":           {"a:" + one + "00\n", "line 1: the hash"},
		"another right":  {"a:" + one + ":admin\n", "line 1: the right"},
		"too much":       {"a:" + one + ":rw:canary\n", "line 1: want"},
		"no name":        {":" + one + "\n", "line 1: the name"},
		"a strange name": {"a canary:" + one + "\n", "line 1: the name"},
		"a name twice":   {"a:" + one + "\na:" + two + "\n", "line 2: the name a is taken"},
		"a hash twice":   {"a:" + one + "\nb:" + strings.ToUpper(one) + "\n", "line 2: the hash is that of a"},
		"a long line":    {"a:" + strings.Repeat("x", 100_000) + "\n", "read it"},
		"many lines":     {many(), "more than 1000"},
		"large":          {strings.Repeat("#\n", 200_000), "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "tokens")
			write(t, file, c.text)
			_, err := principal.Static(file, "", slog.New(slog.DiscardHandler))
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
	if _, err := principal.Static(filepath.Join(t.TempDir(), "none"), "", slog.New(slog.DiscardHandler)); err == nil {
		t.Error("no file: got no error")
	}
	if _, err := principal.Static(t.TempDir(), "", slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a folder: got no error")
	}
}

func many() string {
	var text strings.Builder
	for n := range 1001 {
		fmt.Fprintf(&text, "n%d:%s\n", n, hash(strconv.Itoa(n)))
	}
	return text.String()
}

func TestStaticOpenToOthers(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660} {
		file := filepath.Join(t.TempDir(), "tokens")
		write(t, file, "a:"+hash("a")+"\n")
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := principal.Static(file, "", slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("%o: got %v", mode, err)
		}
	}
}

// A changed file is taken up, also one that takes all tokens away, and a broken
// one is not.
func TestStaticReadsAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "tokens")
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		write(t, file, "anna:"+hash("one")+":rw\n")
		a, err := principal.Static(file, "", slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		step := func(token string, status int) {
			t.Helper()
			if got, _ := serve(t.Context(), a, "Authorization", "Bearer "+token); got.Code != status {
				t.Errorf("%s: got %d, want %d", token, got.Code, status)
			}
		}
		step("one", 200)
		write(t, file, "anna:"+hash("two")+":rw\n")
		step("one", 200) // not looked at again yet
		time.Sleep(time.Second)
		step("one", 401)
		step("two", 200)

		write(t, file, "anna:"+hash("three")+"\nanna:canary\n")
		time.Sleep(time.Second)
		step("three", 401)
		step("two", 200)
		time.Sleep(time.Second)
		step("two", 200)
		if n := strings.Count(log.String(), "level=ERROR"); n != 1 || !strings.Contains(log.String(), "line 2") {
			t.Errorf("%d complaints in\n%s", n, log.String())
		}

		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		step("two", 200)
		time.Sleep(time.Second)
		step("two", 200)
		write(t, file, "anna:"+hash("four")+"\n")
		time.Sleep(time.Second)
		step("four", 200)
		step("two", 401)

		write(t, file, "# nobody for now\n")
		time.Sleep(time.Second)
		step("four", 401)
		if n := strings.Count(log.String(), "level=WARN"); n != 1 {
			t.Errorf("%d warnings in\n%s", n, log.String())
		}
		write(t, file, "anna:"+hash("five")+"\n")
		time.Sleep(time.Second)
		step("five", 200)
		if n := strings.Count(log.String(), "level=ERROR"); n != 2 || strings.Contains(log.String(), "canary") {
			t.Errorf("%d complaints in\n%s", n, log.String())
		}
	})
}
