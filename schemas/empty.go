package schemas

// None is the arguments of a tool that takes none.
type None struct{}
