// Package stdio ends a conversation over standard input and output as it
// should end: what was asked is answered first.
//
// The protocol library cancels calls in flight when its input ends, drops
// those it has queued, and answers calls that the client cancelled, which the
// protocol forbids. This package stands between the library and the streams:
// it holds the end of input back until every request has its answer, or until
// patience runs out, and it swallows answers to cancelled requests. It also
// answers lines that are too long, which would fill the memory otherwise.
package stdio

import (
	"bufio"
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// Patience is how long calls in flight may take to finish once the input has
// ended or the program was told to stop.
const Patience = 700 * time.Millisecond

// Serve runs listen between in and out. It returns when the input has ended,
// nobody takes the output any more, or ctx is done, and what was running has
// finished or patience has run out.
func Serve(ctx context.Context, in io.Reader, out io.Writer, listen func(ctx context.Context, in io.Reader, out io.Writer) error) error {
	inner, feed := io.Pipe()
	s := &session{
		out: out, open: make(map[string]bool), recodings: make(map[string]recoding),
		idle: make(chan struct{}, 1), broken: make(chan error, 1),
	}
	// The handlers' context outlives ctx: a signal ends the reading at once,
	// and the calls in flight only after they had their time.
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	calls = context.WithValue(calls, contextKey{}, s)
	listened := make(chan error, 1)
	go func() {
		err := listen(calls, inner, s)
		_ = inner.Close() // a pipe closes without fail
		listened <- err
	}()
	ended := make(chan error, 1)
	go func() { ended <- s.pump(in, feed) }()

	var err error
	select {
	case err = <-ended:
		s.drain(Patience)
	case err = <-s.broken: // a call whose answer nobody reads is better not begun
		s.drain(Patience)
	case <-ctx.Done():
		s.drain(Patience)
	case err := <-listened:
		return err
	}
	_ = feed.Close() // a pipe closes without fail
	cancel()
	select {
	case last := <-listened:
		if !errors.Is(last, context.Canceled) {
			err = errors.Join(err, last)
		}
	case <-time.After(Patience): // nobody reads the output any more
	}
	return err
}

// session keeps account of the requests that wait for an answer.
type session struct {
	writing sync.Mutex
	out     io.Writer
	broken  chan error // has the first error of out

	mu   sync.Mutex
	open map[string]bool // by id; true when the client cancelled it
	idle chan struct{}

	recodings map[string]recoding // by id
}

// pump passes lines on and notes the requests among them.
func (s *session) pump(in io.Reader, feed io.Writer) error {
	from := lines{bufio.NewReaderSize(in, 64<<10)}
	pass := func(line []byte) error {
		_, err := feed.Write(line)
		return err
	}
	for {
		line, long, err := from.next()
		if long != nil && s.refuse(long, pass) != nil {
			return nil //nolint:nilerr // the listener has gone and says why itself
		}
		if s.sound(line) {
			if err != nil {
				line = append(line, '\n') // the library ignores a last line that does not end
			}
			s.note(line)
			if err := pass(plainly(line)); err != nil {
				return nil //nolint:nilerr // the listener has gone and says why itself
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (s *session) note(line []byte) {
	m := peek(line)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case m.method == cancellation:
		if _, ok := s.open[m.cancels]; ok {
			s.open[m.cancels] = true
		}
	case m.method != "" && m.id != "":
		s.open[m.id] = false
	}
}

// Write passes one message of the library on, unless it answers a request
// that was cancelled. The library writes one message at a time.
func (s *session) Write(message []byte) (int, error) {
	m := peek(message)
	if m.method != "" || m.id == "" {
		return len(message), s.put(message)
	}
	defer s.close(m.id)
	if s.cancelled(m.id) {
		return len(message), nil
	}
	return len(message), s.put(s.recoded(m.id, message))
}

// put writes one whole message. The first that cannot be written ends the
// conversation.
func (s *session) put(message []byte) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := s.out.Write(message)
	if err != nil {
		select {
		case s.broken <- err:
		default:
		}
	}
	return err
}

func (s *session) cancelled(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[id]
}

// close notes that a request has its answer.
func (s *session) close(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
	delete(s.recodings, id)
	if len(s.open) == 0 {
		select {
		case s.idle <- struct{}{}:
		default:
		}
	}
}

// drain waits until every request has its answer.
func (s *session) drain(patience time.Duration) {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for s.waiting() {
		select {
		case <-s.idle:
		case <-deadline.C:
			return
		}
	}
}

// waiting reports that a request which was not cancelled has no answer yet.
func (s *session) waiting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, cancelled := range s.open {
		if !cancelled {
			return true
		}
	}
	return false
}
