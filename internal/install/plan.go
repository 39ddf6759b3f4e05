package install

import (
	"bytes"
	"errors"
	"slices"

	"github.com/aymanbagabas/go-udiff"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Change is what would become of one file.
type Change struct {
	Client Client
	Place  Place
	Real   string // the file itself, where Place.File is a link to it or lies behind one; else the same

	Before, After []byte

	found disk
	wish  Wish
}

// language edits and reads one format of configuration files. None of its
// methods changes the text that it is given.
type language interface {
	// set returns the text with the entry.
	set(text []byte, w Wish) ([]byte, error)

	// remove returns the text without the entry, or the same if it has none.
	remove(text []byte, w Wish) ([]byte, error)

	// list returns the servers that the text has.
	list(text []byte) ([]Server, error)

	// veiled returns a text that this program can read as it may be shown: of
	// what is not ours without the texts that stand there as values.
	veiled(text []byte, w Wish) []byte
}

func (c Client) language() language {
	if c.Format == TOML {
		return tomlFile{c.Table}
	}
	return jsonFile{c.Table, c.Typed}
}

// Targets are the files to write to: those of the places where the client has
// been, or the likeliest one.
func (c Client) Targets() []Place {
	var present []Place
	for _, p := range c.Places {
		if p.Present {
			present = append(present, p)
		}
	}
	if len(present) == 0 {
		return c.Places[:1]
	}
	return present
}

// Plan works out what has to change in one file, and changes nothing.
func Plan(c Client, p Place, w Wish) (Change, error) {
	if err := w.check(); err != nil {
		return Change{}, err
	}
	found, err := readDisk(p.File)
	if err != nil {
		return Change{}, err
	}
	edit := c.language().set
	if w.Remove {
		edit = c.language().remove
	}
	after, err := edit(found.text, w)
	if err == nil {
		err = c.fulfils(after, w)
	}
	if err != nil {
		return Change{}, atFile(found.real, err)
	}
	ch := Change{Client: c, Place: p, Real: found.real, Before: found.text, After: after, found: found, wish: w}
	if !ch.Needed() {
		return ch, nil
	}
	return ch, found.writable()
}

// fulfils reads a text anew and looks whether it is as wished.
func (c Client) fulfils(text []byte, w Wish) error {
	all, err := c.language().list(text)
	if err != nil {
		return errDamaged
	}
	i := slices.IndexFunc(all, func(s Server) bool { return s.Name == w.Name })
	switch {
	case w.Remove && i < 0:
		return nil
	case !w.Remove && i >= 0 && all[i].Command == w.Entry.Command && slices.Equal(all[i].Args, w.Entry.Args):
		return nil
	default:
		return errDamaged
	}
}

// Needed reports that the file is not yet as it should be.
func (ch Change) Needed() bool { return !bytes.Equal(ch.Before, ch.After) }

// Unread says why the client will not be able to read the file; empty if it
// will.
func (ch Change) Unread() string { return ch.Client.unread(ch.After) }

// Creates reports that there is no file yet.
func (ch Change) Creates() bool { return ch.found.info == nil }

// Diff is the change in the form of diff -u. Of what is not ours no value is
// shown that is a text: it may be the secret of somebody else's server.
func (ch Change) Diff() string {
	l := ch.Client.language()
	before, after := l.veiled(ch.Before, ch.wish), l.veiled(ch.After, ch.wish)
	return secret.Mask(udiff.Unified(ch.Real, ch.Real, string(before), string(after)))
}

// errDamaged is for an edit that would not have left everything else alone. It
// takes a mistake of ours or a file of a kind that nobody thought of.
var errDamaged = errors.New("the entry cannot be written without touching something else; write it by hand")
