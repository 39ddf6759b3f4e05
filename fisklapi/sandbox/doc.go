// Package sandbox is a Fiskl in a box: the public API of Fiskl, served from memory, for tests and for trying things out
// without an account. It is an independent reading of the wire format and shares no code with the client, so that the two
// check each other. It is unofficial and has nothing to do with Fiskl's own staging systems.
//
// # The company
//
// [New] opens the books of Harbour & Finch Studio Ltd, a made-up design studio in London that keeps its books in GBP, has
// a fiscal year ending on 31 March and some twenty months of history: clients at home and abroad, about 150 invoices in
// every status, quotes, payments, vendors and bills. All dates lie relative to the clock, so the overdue invoices are
// overdue on any day. The same clock and seed always make the same company. Nothing is built before the first request
// that needs data. docs/demo-company.md describes its books. With Options.Empty there is only the company, its taxes and its chart of accounts.
//
// Everything posts to one double-entry ledger (sub-package ledger) through the same rules as the API (sub-package books);
// the history (sub-package demo) is a list of dated events played through those rules. Reports and insights are worked out
// from ledger and documents whenever they are asked for (sub-package reports, which tells its choices).
//
// # Keys
//
// Requests carry one of these as "Authorization: Bearer ...":
//
//	fsk_sandboxOwner        every permission
//	fsk_sandboxReadOnly     every *.read permission and report.export
//	fsk_sandboxInvoiceOnly  clients, invoices, quotes, payments received; products, taxes and company to read
//	fsk_sandboxRevoked      refused with 401: revoked
//	fsk_sandboxExpired      refused with 401: expired
//
// # Connected apps
//
// The app fiskl-mcp gets access tokens from the sandbox's authorization server (sub-package oauth), which the same address
// serves. These people can sign in and agree to its scopes, both with the password sandbox:
//
//	olivia@harbourfinch.example   every permission
//	theo@harbourfinch.example     those of the invoicing key
//
// A token may do what its user may, as far as the scopes that were left ticked let it through.
//
// # What is documented and what is an approximation
//
// Documented by Fiskl: the base path /v1 and the bearer header; GET /v1/date-periods, /v1/me/permissions, /v1/clients,
// /v1/invoices and POST /v1/invoices and /v1/invoices/preview with their printed examples; zero-based page, size and
// sort=field,direction and the rule that a short page is the last; amounts in integer hundredths; externalId making the
// creation of an invoice safe to repeat; drafts alone being editable; the refusal of overpayment and of dates in the
// locked period; the names of the permissions; numbers such as INV-0001; the meaning of 400, 401, 403 and 429; the
// rounding of tax groups.
//
// Inferred, because Fiskl prints no more: all other paths, the names of most fields and filters, list answers as bare
// arrays, the error body and other traits of a Spring server (404, 405, 413, 415), status 201 for what was created, a page
// size of 20 and at most 100, taxes charged only when a line or its product names them, payments without an account going
// to Undeposited Funds, whole units of currencies that have no hundredths, and the exchange rates, which are invented. The
// accounts' codes are the sandbox's own. Two groups of taxes exist only to demonstrate groups.
//
// The locked period ends with the last fiscal year that ended at least twelve months ago, as in a company whose accounts
// for that year were filed. No e-mail is ever sent.
//
// # Faults
//
// [Server.Inject] makes requests fail on purpose: see [Fault]. A sandbox that runs as a server of its own takes the same
// as JSON, durations in milliseconds, and needs no key for it:
//
//	curl -X POST $HOST/sandbox/faults -d '{"method":"GET","path":"/v1/invoices*","status":429,"retryAfter":2000,"times":3}'
//	curl -X DELETE $HOST/sandbox/faults
//	curl $HOST/sandbox/keys
//
// Faults hit the authorization server, too. What was asked of it can be counted, and all access tokens can be made to
// expire at once:
//
//	curl $HOST/sandbox/oauth
//	curl -X POST $HOST/sandbox/oauth/expire
package sandbox
