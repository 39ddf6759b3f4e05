package books

import (
	"fmt"
	"strconv"
)

// RefusalError says that the API will not do what it was asked, and why. Nothing was changed.
type RefusalError struct{ Message string }

func (e *RefusalError) Error() string { return e.Message }

// NotFoundError says that there is no record of this kind with this id.
type NotFoundError struct {
	Kind string
	ID   int64
}

func (e *NotFoundError) Error() string {
	return e.Kind + " with id " + strconv.FormatInt(e.ID, 10) + " was not found"
}

func refuse(format string, args ...any) error {
	return &RefusalError{Message: fmt.Sprintf(format, args...)}
}
