// Checks what Spoor's audit code wrote, with Go's own checksum database code and the transparency-dev formats, and writes proofs for it to check.
//
//	audit check FOLDER   exits 1 at the first disagreement: what is sound must be accepted, what lies under broken/ refused
//	audit write FOLDER   a log's key, a witness's key, and proofs of entries of that log
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: audit check|write FOLDER")
	}
	folder := os.Args[2]
	var said string
	var err error
	switch os.Args[1] {
	case "check":
		said, err = check(folder)
	case "write":
		said, err = write(folder)
	default:
		fail("usage: audit check|write FOLDER")
	}
	if err != nil {
		fail(err.Error())
	}
	fmt.Println(said)
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
