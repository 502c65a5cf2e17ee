package names

import (
	"fmt"
	"io"
	"strings"

	"casus"
	"casus/read/tables"
	"casus/refdata"
)
