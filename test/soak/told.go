package main

import (
	"context"
	"errors"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// answer is the kind of thing that a model is told after a try.
type answer string

const (
	done      answer = "done"
	refused   answer = "refused by the controls"
	lost      answer = "lost"
	lostDone  answer = "lost, and found done"
	failed    answer = "failed"
	cutOff    answer = "cut off by the death of the process"
	otherwise answer = "refused by the client or Fiskl"
)

func answerOf(err error) answer {
	if e, is := errors.AsType[*fisklapi.Error](err); is {
		return answerOfFiskl(e)
	}
	_, isRefused := errors.AsType[*writepolicy.Error](err)
	switch {
	case err == nil:
		return done
	case isRefused:
		return refused
	case errors.Is(err, context.Canceled):
		return cutOff
	default:
		return otherwise
	}
}

func answerOfFiskl(e *fisklapi.Error) answer {
	switch {
	case e.OutcomeUnknown && e.Done:
		return lostDone
	case e.OutcomeUnknown:
		return lost
	case e.Kind == fisklapi.Unavailable, e.Kind == fisklapi.RateLimited, e.Kind == fisklapi.WrongHost:
		return failed
	default:
		return otherwise
	}
}
