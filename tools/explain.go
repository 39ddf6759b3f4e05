package tools

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// explain says what happened, whether anything was changed, and what to do
// next.
func (t Tool) explain(err error) string {
	var api *fisklapi.Error
	var argument *schemas.ArgumentError
	var arguments *bind.Error
	var withheld *withheldError
	switch {
	case errors.As(err, &withheld):
		return t.nothing() + withheld.Error() + ". Whoever set this server up can change that."
	case errors.As(err, &arguments):
		return t.nothing() + arguments.Error() + "."
	case errors.As(err, &argument):
		return t.nothing() + argument.Error() + "."
	case errors.As(err, &api) && api.OutcomeUnknown:
		return unknown(api)
	case errors.As(err, &api):
		return t.nothing() + sentences(what(api), next(api))
	default:
		return t.nothing() + "this server ran into a defect of its own; the log on its error output has the details. Trying the same again will not help."
	}
}

// nothing opens a failure that left the books as they were.
func (t Tool) nothing() string {
	if t.Effect == Read {
		return "No answer: "
	}
	return "Not done, nothing was changed: "
}

// unknown describes a write whose answer was lost. It never says "failed".
func unknown(e *fisklapi.Error) string {
	found := e.Found
	if found == "" {
		found = "Read the record and see whether it was changed before doing anything else."
	}
	return sentences("Outcome unknown: "+what(e), found)
}

// what says what happened.
func what(e *fisklapi.Error) string {
	switch e.Kind {
	case fisklapi.Unauthorized:
		if e.Status == 0 {
			return e.Message
		}
		return "Fiskl did not accept the credential" + quoted(e.Message)
	case fisklapi.Forbidden:
		return forbidden(e)
	case fisklapi.Subscription:
		return "Fiskl refuses because of the company's plan" + quoted(e.Message)
	case fisklapi.NotFound:
		if e.Status == 0 {
			return e.Message
		}
		return "there is no such record, or this credential may not see it"
	case fisklapi.Invalid:
		return "Fiskl refused" + quoted(e.Message)
	case fisklapi.RateLimited:
		return "Fiskl says that too many requests were made"
	case fisklapi.Unavailable:
		return unavailable(e)
	case fisklapi.WrongHost:
		return "a web page or a redirect answered instead of Fiskl's API"
	case fisklapi.Unexpected:
		return "Fiskl answered in a form that this version does not know: " + e.Message
	case fisklapi.ReadOnly:
		return "this server was started read-only"
	case fisklapi.Ambiguous, fisklapi.Conflict, fisklapi.TooLarge:
		return e.Message
	default:
		return string(e.Kind)
	}
}

func forbidden(e *fisklapi.Error) string {
	if e.Endpoint.Permission == "" {
		return "Fiskl refused" + quoted(e.Message)
	}
	return fmt.Sprintf("this credential may not do that. It lacks the permission %s (for an OAuth app: scope %s)", e.Endpoint.Permission, e.Endpoint.Scope)
}

func unavailable(e *fisklapi.Error) string {
	if e.Status >= 500 {
		return fmt.Sprintf("Fiskl failed (HTTP %d)", e.Status)
	}
	if e.Message != "" {
		return e.Message
	}
	return "Fiskl did not answer"
}

// next says what to do about it.
func next(e *fisklapi.Error) string {
	switch e.Kind {
	case fisklapi.Unauthorized:
		if e.Status == 0 {
			return ""
		}
		return "A key fails when it was copied in part, has expired or was revoked. Make a new one in Fiskl under Settings > API & Connections > My API keys and set it as FISKL_API_KEY"
	case fisklapi.Forbidden:
		return "A key cannot be edited: make a new one with that permission in Fiskl under Settings > API & Connections > My API keys, or ask an admin if you do not hold it yourself. get_context lists what this one may do"
	case fisklapi.Subscription:
		return "Renew it in Fiskl under Settings > Subscription"
	case fisklapi.Ambiguous:
		return "Call again with the id"
	case fisklapi.NotFound:
		return "List the records to find the right name or id"
	case fisklapi.RateLimited:
		return "Wait " + wait(e.RetryAfter) + " and call again"
	case fisklapi.Unavailable:
		return "Call again in a moment" + request(e)
	case fisklapi.WrongHost:
		return "The API is at https://api.fiskl.com; app.fiskl.com and my.fiskl.com are the web app. Correct FISKL_BASE_URL"
	case fisklapi.Unexpected:
		return "The API is in beta and may have changed: look for a newer version of this server" + request(e)
	case fisklapi.TooLarge:
		return "Ask for less: a shorter period or a narrower filter"
	case fisklapi.Invalid:
		return strings.TrimPrefix(request(e), ". ")
	default:
		return ""
	}
}

func wait(d time.Duration) string {
	if d == 0 {
		return "a minute"
	}
	return d.String()
}

func request(e *fisklapi.Error) string {
	if e.RequestID == "" {
		return ""
	}
	return ". Fiskl's id of the request is " + e.RequestID
}

// quoted marks Fiskl's own words as such: they can hold what users wrote.
func quoted(message string) string {
	if message == "" {
		return ""
	}
	return fmt.Sprintf(": %q", message)
}

// sentences joins parts, each ending in one full stop.
func sentences(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, strings.TrimSuffix(p, ".")+".")
		}
	}
	return strings.Join(all, " ")
}
