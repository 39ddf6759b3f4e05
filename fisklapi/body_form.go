package fisklapi

import (
	"reflect"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// BodyFormOf is what an operation is sent; nil for one that is sent nothing, or
// only what is the same in any form. An update sends the whole record, so that
// all of its fields are in the form, whoever sets them.
func BodyFormOf(op Operation) *dialect.Form {
	switch op {
	case OpCreateClient, OpCreateVendor:
		return bodyForm[bodyContact]("client")
	case OpCreateInvoice, OpPreviewInvoice:
		return bodyForm[bodyInvoice]("invoice")
	case OpRecordPayment:
		return bodyForm[bodyPayment]("payment")
	case OpCreateProduct:
		return bodyForm[bodyProduct]("product")
	case OpUpdateClient, OpUpdateVendor:
		return joined(bodyForm[bodyContact]("client"), FormOf(op))
	case OpUpdateInvoice:
		return joined(bodyForm[bodyInvoice]("invoice"), FormOf(op))
	case OpUpdateProduct:
		return joined(bodyForm[bodyProduct]("product"), FormOf(op))
	default:
		return nil
	}
}

// The bodies of requests: their fields are those of openapi.yaml, which a test
// holds them to. They are sent from [fields]; the structs declare what each is.
type (
	bodyContact struct {
		Name               text   `json:"name" form:"required"`
		Email              text   `json:"email"`
		CC                 []text `json:"cc"`
		BCC                []text `json:"bcc"`
		Phone              text   `json:"phone"`
		Address            text   `json:"address"`
		ShippingAddress    text   `json:"shippingAddress"`
		Country            text   `json:"country"`
		Currency           text   `json:"currency"`
		TaxNumber          text   `json:"taxNumber"`
		RegistrationNumber text   `json:"registrationNumber"` // of a vendor
		Notes              text   `json:"notes"`
	}

	bodyInvoice struct {
		ExternalID  text       `json:"externalId"`
		ClientID    id         `json:"clientId" form:"required"`
		InvoiceDate day        `json:"invoiceDate"`
		DueDate     day        `json:"dueDate"`
		Currency    text       `json:"currency"`
		Notes       text       `json:"notes"`
		Items       []bodyLine `json:"items" form:"required"`
	}

	bodyLine struct {
		ProductID   id     `json:"productId"`
		Name        text   `json:"name"`
		Description text   `json:"description"`
		Quantity    number `json:"quantity" form:"required"`
		Price       *int64 `json:"price"`
		Unit        text   `json:"unit"`
		Type        text   `json:"type" form:"words=product"`
		TaxIDs      []id   `json:"taxIds"`
	}

	bodyPayment struct {
		InvoiceID id     `json:"invoiceId" form:"required"`
		Amount    *int64 `json:"amount" form:"required"`
		Date      day    `json:"date"`
		Method    text   `json:"method"`
		AccountID id     `json:"accountId"`
		Note      text   `json:"note"`
	}

	bodyProduct struct {
		Name        text   `json:"name" form:"required"`
		Type        text   `json:"type" form:"words=product"`
		Description text   `json:"description"`
		Unit        text   `json:"unit"`
		Price       *int64 `json:"price"`
		Currency    text   `json:"currency"`
		AccountID   id     `json:"accountId"`
		TaxIDs      []id   `json:"taxIds"`
	}
)

func bodyForm[W any](noun string) *dialect.Form { return formOf(reflect.TypeFor[W](), noun) }

// joined is a form with the fields of another beside its own. None of those has
// to be sent.
func joined(f, other *dialect.Form) *dialect.Form {
	both := *f
	both.Fields = slices.Clone(f.Fields)
	for _, theirs := range other.Fields {
		i := slices.IndexFunc(both.Fields, func(ours dialect.Field) bool { return ours.Name == theirs.Name })
		switch {
		case i < 0:
			theirs.Need, theirs.Unless = dialect.Optional, ""
			both.Fields = append(both.Fields, theirs)
		case theirs.Form.Kind == dialect.List && theirs.Form.Elem.Kind == dialect.Record:
			both.Fields[i].Form = &dialect.Form{Kind: dialect.List, Noun: f.Noun, Elem: joined(both.Fields[i].Form.Elem, theirs.Form.Elem)}
		}
	}
	return &both
}
