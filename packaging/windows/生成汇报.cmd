@echo off
rem Drop one or more data files on this file: the report appears beside the first of them.
setlocal
set "folder=%~dp1."
set files=
:next
if "%~1"=="" goto run
set files=%files% "%~f1"
shift
goto next
:run
if not defined files goto help
"%~dp0huibao.exe" build %files% -o "%folder%"
goto end
:help
"%~dp0huibao.exe" build --help
:end
pause
