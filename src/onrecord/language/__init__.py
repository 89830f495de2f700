"""What onrecord knows of the grammar of a language: a folder for each; another language brings its own."""
