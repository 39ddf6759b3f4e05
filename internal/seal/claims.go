package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// maxTool is the longest name of a tool that keeps a token within MaxLength.
const maxTool = 24

// maxLife is the longest life that a token can state.
const maxLife = math.MaxUint16 * time.Second

// Claims are what a token is bound to.
type Claims struct {
	Purpose Purpose
	Company string // company and credential; only its digest goes in
	Tool    string // a name of at most 24 lower-case letters, digits and underscores
	Content string // digest of what would be done
	State   string // digest of the record as it was shown; empty for a preview
	Record  int64  // id of the record concerned; 0 when it is yet to be made
}

func (c Claims) check() error {
	switch {
	case c.Purpose.prefix() == "":
		return fmt.Errorf("there is no purpose %d", c.Purpose)
	case c.Company == "":
		return errors.New("there is no company")
	case c.Content == "":
		return errors.New("there is no content")
	case c.Record < 0:
		return fmt.Errorf("there is no record %d", c.Record)
	case !isTool(c.Tool):
		return fmt.Errorf("%q cannot be the name of a tool", c.Tool)
	}
	return nil
}

func isTool(name string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
	return name != "" && len(name) <= maxTool && strings.Trim(name, letters) == ""
}

// body is a token's inside, followed by the name of the tool. Digests are cut:
// they are keyed, so nobody can search for one that matches.
type body struct {
	Company [8]byte
	Content [12]byte
	State   [12]byte
	Record  int64
	Issued  uint32 // Unix time, in seconds: enough until 2106
	Life    uint16 // in seconds
}

func (s *Sealer) pack(c Claims, now time.Time, life time.Duration) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if life < time.Second || life > maxLife {
		return nil, fmt.Errorf("a token cannot be good for %s", life)
	}
	issued := now.Unix()
	if issued < 0 || issued > math.MaxUint32 {
		return nil, fmt.Errorf("the clock of this computer is wrong: it shows %s", now.UTC().Format(time.RFC3339))
	}
	b := body{
		Record: c.Record,
		Issued: uint32(issued),
		Life:   uint16(life / time.Second),
	}
	copy(b.Company[:], s.digest("company", c.Company))
	copy(b.Content[:], s.digest("content", c.Content))
	copy(b.State[:], s.digest("state", c.State))
	plain, err := binary.Append(nil, binary.BigEndian, b)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return append(plain, c.Tool...), nil
}

func unpack(plain []byte) (b body, tool string, err error) {
	n, err := binary.Decode(plain, binary.BigEndian, &b)
	if err != nil {
		return body{}, "", fmt.Errorf("unpack: %w", err)
	}
	return b, string(plain[n:]), nil
}

func (b body) isFor(company []byte) bool { return bytes.HasPrefix(company, b.Company[:]) }

func (b body) issued() time.Time { return time.Unix(int64(b.Issued), 0).UTC() }

func (b body) life() time.Duration { return time.Duration(b.Life) * time.Second }
