@echo off
rem Starts mnist4j from the checkout that this script belongs to, and builds it first where needed.
rem scripts/mnist4j is the same for Linux and macOS, and says what the MNIST4J_ variables mean.
rem An unpacked archive has it in bin\, the program in lib\, and builds nothing.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "m4j_home=%%~fI"
set "m4j_installed="
for %%I in ("%~dp0.") do if /i "%%~nxI"=="bin" if not exist "%m4j_home%\pom.xml" set "m4j_installed=yes"
rem Where no backend is named, that is the CPU's build, unless only the GPU's exists.
set "m4j_backend=%MNIST4J_BACKEND%"
if not defined m4j_backend if exist "%m4j_home%\target-cuda\mnist4j.jar" if not exist "%m4j_home%\target" set "m4j_backend=auto"
if not defined m4j_backend set "m4j_backend=cpu"
set "m4j_target="
if "%m4j_backend%"=="cpu" set "m4j_target=%m4j_home%\target"
if "%m4j_backend%"=="cuda" set "m4j_target=%m4j_home%\target-cuda"
if "%m4j_backend%"=="auto" set "m4j_target=%m4j_home%\target-cuda"
if not defined m4j_target (
  echo mnist4j: MNIST4J_BACKEND is "%m4j_backend%", but cpu, cuda or auto is wanted>&2
  exit /b 2
)
rem ---- the build with Spark, which --master takes by itself
set "m4j_spark="
if defined MNIST4J_SPARK if not "%MNIST4J_SPARK%"=="0" set "m4j_spark=-Pspark"
set m4j_arguments=%*
if defined m4j_arguments set "m4j_arguments=%m4j_arguments:"=%"
if defined m4j_arguments if not "%m4j_arguments: --master=%"=="%m4j_arguments%" set "m4j_spark=-Pspark"
rem ---- trials compute on the CPU, and the two builds cannot be one
if defined m4j_spark set "m4j_backend=cpu"
if defined m4j_spark set "m4j_target=%m4j_home%\target\spark"
if not defined m4j_installed goto in_checkout
if not "%m4j_target%"=="%m4j_home%\target" (
  echo mnist4j: this is the program for one machine's CPU: GPUs and Spark need a checkout, which builds what they take>&2
  exit /b 6
)
set "m4j_target=%m4j_home%\lib"
:in_checkout
set "m4j_jar=%m4j_target%\mnist4j.jar"
set "m4j_log=%m4j_target%\build.log"
set "m4j_state=%m4j_target%\launcher"
set "m4j_code=0"

rem ---- Java
set "m4j_jdk=%JAVA_HOME%"
if defined m4j_jdk goto java_home
set "m4j_java="
for %%I in (java.exe) do set "m4j_java=%%~$PATH:I"
if not defined m4j_java (
  echo mnist4j: no Java found: install a JDK 17 or newer, or set JAVA_HOME>&2
  exit /b 6
)
for %%I in ("%m4j_java%\..\..") do set "m4j_jdk=%%~fI"
goto java_version
:java_home
set "m4j_java=%m4j_jdk%\bin\java.exe"
if not exist "%m4j_java%" (
  echo mnist4j: JAVA_HOME is "%m4j_jdk%", which has no bin\java.exe>&2
  exit /b 6
)
:java_version
rem The release file spares a second JVM; installers' stubs in the PATH have none beside them.
set "m4j_version="
if exist "%m4j_jdk%\release" for /f "usebackq tokens=1,* delims==" %%A in ("%m4j_jdk%\release") do (
  if "%%A"=="JAVA_VERSION" set "m4j_version=%%~B"
)
if not defined m4j_version for /f "tokens=3" %%V in ('^""%m4j_java%" -version 2^>^&1 ^| findstr /c:" version "^"') do set "m4j_version=%%~V"
if not defined m4j_version (
  echo mnist4j: "%m4j_java%" does not tell its version>&2
  exit /b 6
)
for /f "delims=.-+_" %%M in ("%m4j_version%") do set "m4j_major=%%M"
if %m4j_major% LSS 17 (
  echo mnist4j: "%m4j_java%" is Java %m4j_version%, but 17 or newer is needed: set JAVA_HOME to such a JDK>&2
  exit /b 6
)

rem ---- the program
set "m4j_natives=default"
if defined MNIST4J_NATIVES_EXTENSION set "m4j_natives=%MNIST4J_NATIVES_EXTENSION%"
set "m4j_natives_flag="
if not "%m4j_natives%"=="default" set "m4j_natives_flag=-Dnatives.extension=%m4j_natives%"
rem The newer OpenBLAS is not tested on CPUs without AVX2.
if "%m4j_natives%"=="generic" set "m4j_natives_flag=-Pnd4j-openblas -Dnatives.extension="
if "%m4j_backend%"=="cpu" goto built_with
set "m4j_natives_flag=-Pcuda %MNIST4J_CUDA_FLAGS% %m4j_natives_flag%"
if defined MNIST4J_CUDA_FLAGS set "m4j_natives=%m4j_natives% %MNIST4J_CUDA_FLAGS%"
:built_with
if defined m4j_installed goto start
call :up_to_date
if errorlevel 1 call :build
if not "%m4j_code%"=="0" exit /b %m4j_code%

rem ---- start
:start
rem The JVM would refuse a size in its own words, so one that is given is tried first.
if not defined MNIST4J_HEAP goto heap_default
"%m4j_java%" "-Xmx%MNIST4J_HEAP%" -version >nul 2>nul
if not errorlevel 1 goto heap_chosen
echo mnist4j: MNIST4J_HEAP is "%MNIST4J_HEAP%", and this JVM refuses that>&2
exit /b 2
:heap_default
set "MNIST4J_HEAP=1g"
:heap_chosen
if not defined MNIST4J_OFF_HEAP set "MNIST4J_OFF_HEAP=4g"
if not defined MNIST4J_THREADS set "MNIST4J_THREADS=%OMP_NUM_THREADS%"
set "OMP_NUM_THREADS=%NUMBER_OF_PROCESSORS%"
set "OMP_WAIT_POLICY=passive"
rem picocli is compiled for Java 5, and such classes are slow to verify; those in the last path are trusted.
set m4j_flags="@%~dp0jvm.options" -Xmx%MNIST4J_HEAP% "-Dorg.bytedeco.javacpp.maxbytes=%MNIST4J_OFF_HEAP%" "-Dmnist4j.home=%m4j_home%" "-Xbootclasspath/a:%m4j_target%\lib\trusted\picocli.jar"
if defined m4j_installed set m4j_flags=%m4j_flags% -Dmnist4j.installed=true
if %m4j_major% GEQ 23 set m4j_flags=%m4j_flags% --sun-misc-unsafe-memory-access=allow
if defined m4j_spark goto start_spark
set "m4j_archive=%m4j_state%\classes.jsa"
call :archive_is_current
if errorlevel 1 call :archive_classes
rem The JVM ignores an archive that does not fit, and should not print why.
if exist "%m4j_archive%" set m4j_flags=%m4j_flags% "-XX:SharedArchiveFile=%m4j_archive%" "-Xlog:cds*=off"
"%m4j_java%" %m4j_flags% %MNIST4J_JAVA_OPTS% -jar "%m4j_jar%" %*
exit /b %ERRORLEVEL%

rem Without an archive: Spark takes seconds to start, and its many jars would make one large.
:start_spark
"%m4j_java%" %m4j_flags% "@%~dp0spark.options" %MNIST4J_JAVA_OPTS% -cp "%m4j_jar%;%m4j_target%\spark\*" io.mnist4j.cli.Main %*
exit /b %ERRORLEVEL%

rem Errorlevel 0 when the classes were archived from this program by this JDK, or could not be. Copies
rem of the jar and of the JDK's release file tell; a JDK without that file gets no archive.
:archive_is_current
if not exist "%m4j_jdk%\release" exit /b 0
if not exist "%m4j_state%" mkdir "%m4j_state%" 2>nul
if not exist "%m4j_state%" exit /b 0
robocopy "%m4j_target%" "%m4j_state%\archived" mnist4j.jar /L /XX /NJH /NJS >nul 2>&1
if errorlevel 1 exit /b 1
robocopy "%m4j_jdk%" "%m4j_state%\archived" release /L /XX /NJH /NJS >nul 2>&1
if errorlevel 1 exit /b 1
exit /b 0

rem Lets the JVM lay the program's classes, as it has them in memory, into an archive. One that a
rem running program uses cannot be replaced: then a later start does it.
:archive_classes
set "m4j_new=%m4j_state%\rehearsal-%RANDOM%%RANDOM%"
"%m4j_java%" %m4j_flags% "-XX:ArchiveClassesAtExit=%m4j_new%.jsa" -cp "%m4j_jar%" io.mnist4j.cli.CdsWarmUp "%m4j_new%" >nul 2>&1 <nul
if errorlevel 1 del "%m4j_new%.jsa" 2>nul
rd /s /q "%m4j_new%" 2>nul
del "%m4j_archive%" 2>nul
if exist "%m4j_archive%" (
  del "%m4j_new%.jsa" 2>nul
  exit /b
)
if exist "%m4j_new%.jsa" move /y "%m4j_new%.jsa" "%m4j_archive%" >nul 2>&1
robocopy "%m4j_target%" "%m4j_state%\archived" mnist4j.jar /NJH /NJS >nul 2>&1
robocopy "%m4j_jdk%" "%m4j_state%\archived" release /NJH /NJS >nul 2>&1
exit /b 0

rem Errorlevel 0 when target\ holds the program that the sources stand for. The sources, as they were at
rem the last build, lie as a mirror in target\launcher: robocopy then shows additions, changes and
rem deletions by its exit code.
:up_to_date
set "m4j_reason=first use"
if exist "%m4j_state%\building" set "m4j_reason=the last build did not finish"
if not exist "%m4j_jar%" exit /b 1
rem An installation without sources has nothing to compare with.
if not exist "%m4j_home%\pom.xml" exit /b 0
if not exist "%m4j_home%\src\main" exit /b 0
set "m4j_reason=sources changed"
robocopy "%m4j_target%" "%m4j_state%" mnist4j.jar /L /XX /NJH /NJS >nul 2>&1
if errorlevel 1 goto adopt
set "m4j_recorded="
if exist "%m4j_state%\natives" set /p m4j_recorded=<"%m4j_state%\natives"
if not "%m4j_recorded%"=="%m4j_natives%" exit /b 1
robocopy "%m4j_home%\src\main" "%m4j_state%\main" /MIR /L /NJH /NJS >nul 2>&1
if errorlevel 1 exit /b 1
robocopy "%m4j_home%" "%m4j_state%" pom.xml /L /XX /NJH /NJS >nul 2>&1
if errorlevel 1 exit /b 1
exit /b 0

rem Somebody else's build, such as mvn package: good when it is newer than every source and folder.
:adopt
rem Killed on the way: even a jar that is there may be half of one.
if exist "%m4j_state%\building" exit /b 1
if not "%m4j_natives%"=="default" exit /b 1
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:m4j_jar).LastWriteTime; $sources = @(Get-Item -LiteralPath ($env:m4j_home + '\pom.xml'), ($env:m4j_home + '\src\main')) + @(Get-ChildItem -LiteralPath ($env:m4j_home + '\src\main') -Recurse); exit [int](@($sources | Where-Object { $_.LastWriteTime -gt $built }).Count -gt 0)"
if errorlevel 1 exit /b 1
if not exist "%m4j_state%" mkdir "%m4j_state%" 2>nul
call :record_sources
call :record_jar
exit /b 0

:record_sources
robocopy "%m4j_home%\src\main" "%m4j_state%\main" /MIR /NJH /NJS >nul 2>&1
robocopy "%m4j_home%" "%m4j_state%" pom.xml /NJH /NJS >nul 2>&1
>"%m4j_state%\natives" echo %m4j_natives%
exit /b 0

:record_jar
robocopy "%m4j_target%" "%m4j_state%" mnist4j.jar /NJH /NJS >nul 2>&1
exit /b 0

:build
set "m4j_mvn="
for %%I in (mvn.cmd) do set "m4j_mvn=%%~$PATH:I"
if not defined m4j_mvn if defined MAVEN_HOME if exist "%MAVEN_HOME%\bin\mvn.cmd" set "m4j_mvn=%MAVEN_HOME%\bin\mvn.cmd"
if not defined m4j_mvn (
  echo mnist4j: no Maven found, and the program must be built: put mvn 3.8 or newer on the PATH>&2
  set "m4j_code=6"
  exit /b
)
if not exist "%m4j_jdk%\bin\javac.exe" (
  echo mnist4j: "%m4j_jdk%" has no compiler, and the program must be built: set JAVA_HOME to a full JDK>&2
  set "m4j_code=6"
  exit /b
)
if not exist "%m4j_state%" mkdir "%m4j_state%" 2>nul
if not exist "%m4j_state%" (
  echo mnist4j: the program must be built, but "%m4j_target%" is not writable>&2
  set "m4j_code=3"
  exit /b
)
rem A file that one process writes cannot be opened for writing by another: that is the lock, and it
rem ends with the process. Handle 8 keeps stderr while the message about a taken lock is thrown away.
set "m4j_waited="
:lock
set "m4j_locked="
8>&2 2>nul (
  9>"%m4j_state%\lock" 2>&8 (
    set "m4j_locked=yes"
    call :build_alone
  )
)
if defined m4j_locked exit /b
if not defined m4j_waited echo mnist4j: waiting for a build that another mnist4j has begun ...>&2
set "m4j_waited=yes"
ping -n 2 127.0.0.1 >nul
goto lock

:build_alone
call :up_to_date
if not errorlevel 1 exit /b 0
rem What a killed build left is neither old nor new.
if exist "%m4j_state%\building" rd /s /q "%m4j_target%\classes" "%m4j_target%\maven-status" 2>nul
>"%m4j_state%\building" echo building
del "%m4j_state%\mnist4j.jar" "%m4j_jar%" 2>nul
call :record_sources
set "m4j_text=%m4j_reason%"
set "m4j_m2=%USERPROFILE%\.m2\repository"
set "m4j_megabytes=0"
if not exist "%m4j_m2%\org\nd4j\nd4j-native" set "m4j_megabytes=180"
if defined m4j_spark if not exist "%m4j_m2%\org\apache\spark" set /a m4j_megabytes+=130
if not "%m4j_megabytes%"=="0" set "m4j_text=%m4j_reason%; downloads about %m4j_megabytes% MB once"
if "%m4j_backend%"=="cpu" goto size_known
set "m4j_text=%m4j_reason%"
set "m4j_cuda="
for %%F in ("%m4j_m2%\org\nd4j\nd4j-cuda-11.6\1.0.0-M2.1\*x86_64*.jar") do set "m4j_cuda=yes"
if not defined m4j_cuda set "m4j_text=%m4j_reason%; downloads up to 2.5 GB once, and needs up to 9 GB of disk in all"
:size_known
echo mnist4j: building (%m4j_text%) ...>&2
pushd "%m4j_home%"
set "m4j_java_home=%JAVA_HOME%"
set "JAVA_HOME=%m4j_jdk%"
call "%m4j_mvn%" -B -Dquick %m4j_spark% package -DskipTests %m4j_natives_flag% >"%m4j_log%" 2>&1 <nul
set "m4j_code=%ERRORLEVEL%"
set "JAVA_HOME=%m4j_java_home%"
popd
if "%m4j_code%"=="0" if exist "%m4j_jar%" (
  call :record_jar
  del "%m4j_state%\building" 2>nul
  exit /b 0
)
set "m4j_code=1"
findstr /c:"Could not transfer" /c:"in offline mode" "%m4j_log%" >nul 2>&1
if not errorlevel 1 (
  echo mnist4j: Maven Central could not be reached, and the build needs files from it; see "%m4j_log%">&2
  exit /b 1
)
powershell -NoProfile -Command "Get-Content -LiteralPath $env:m4j_log | Where-Object { $_ -match '^\[(ERROR|FATAL)\]|^Error|^The ' -and $_ -notmatch '^\[ERROR\] *($|-> |\[Help|To see|Re-run|For more|After correcting|COMPILATION)' } | Select-Object -Unique -First 5 | ForEach-Object { [Console]::Error.WriteLine($_) }"
echo mnist4j: the build failed; see "%m4j_log%">&2
exit /b 1
