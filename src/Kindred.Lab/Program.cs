// kindred-lab: recipes on local files, without a server. See docs/lab.md.
using Kindred.Lab.Commands;

return LabCommandLine.Run(args);
