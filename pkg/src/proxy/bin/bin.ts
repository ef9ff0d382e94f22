#!/usr/bin/env node
import { runCommand } from "./cli.ts";

void runCommand(process.argv.slice(2), process.env);
