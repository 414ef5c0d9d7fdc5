<#
.SYNOPSIS
Installs FeedWatch as a Windows service, or brings an installed one to this version and these settings.

.DESCRIPTION
Run it from the folder that the zip was unpacked to, as often as you like. It copies the program, makes the folder of settings and data,
registers the service under an account of its own that can sign in nowhere, lets Windows start it again when it ends by itself, and starts it.

.PARAMETER Target
Where the program goes.

.PARAMETER Data
Where the settings (appsettings.json) and what FeedWatch remembers are kept. An upgrade leaves it as it is.

.PARAMETER Bot
Installs the chat side alone, as a second service.

.PARAMETER NoStart
Registers the service and does not start it.

.EXAMPLE
.\install-service.ps1

.EXAMPLE
.\install-service.ps1 -Bot -NoStart
#>

#Requires -Version 5.1
#Requires -RunAsAdministrator

[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Target = (Join-Path $env:ProgramFiles 'FeedWatch'),
    [string] $Data = (Join-Path $env:ProgramData 'FeedWatch'),
    [switch] $Bot,
    [switch] $NoStart
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$name = if ($Bot) { 'FeedWatchBot' } else { 'FeedWatch' }
$account = "NT SERVICE\$name"

function Invoke-Native([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Arguments -join ' ') failed with code $LASTEXITCODE." }
}

# x64: feedwatch.exe. Arm64 has no launcher of its own and runs the same library by its .NET.
function Get-Command-Line([string] $Folder) {
    $program = Join-Path $Folder 'feedwatch.exe'
    $start = if (Test-Path -LiteralPath $program) { "`"$program`"" } else { "`"$((Get-Command dotnet.exe).Source)`" `"$(Join-Path $Folder 'feedwatch.dll')`"" }
    # Both read the same settings; the service has 8080.
    if ($Bot) { "$start bot --data `"$(Join-Path $Data 'bot-data')`" --Health:Urls http://127.0.0.1:8081" } else { "$start run" }
}

if (-not (Test-Path -LiteralPath (Join-Path $PSScriptRoot 'feedwatch.dll'))) {
    throw "feedwatch.dll does not lie beside this script. Run it from the folder that the zip was unpacked to."
}

if (-not $PSCmdlet.ShouldProcess($name, 'Install the service')) { return }

# A service that runs holds its files. The other of the two may share them.
$running = @(Get-Service -Name 'FeedWatch', 'FeedWatchBot' -ErrorAction SilentlyContinue | Where-Object { $_.Status -ne 'Stopped' })
$running | Stop-Service -Force
$running | ForEach-Object { $_.WaitForStatus('Stopped', [TimeSpan]::FromSeconds(30)) }

if ((Resolve-Path -LiteralPath $PSScriptRoot).Path -ne $Target) {
    New-Item -ItemType Directory -Path $Target -Force | Out-Null
    Get-ChildItem -LiteralPath $Target -Force | Remove-Item -Recurse -Force
    Copy-Item -Path (Join-Path $PSScriptRoot '*') -Destination $Target -Recurse -Force
}

$command = Get-Command-Line $Target
if (Get-Service -Name $name -ErrorAction SilentlyContinue) {
    # Not by sc.exe: the quotes around a path reach it in one version of PowerShell and not in the next.
    Set-ItemProperty -LiteralPath "HKLM:\SYSTEM\CurrentControlSet\Services\$name" -Name ImagePath -Value $command
}
else {
    New-Service -Name $name -BinaryPathName $command -DisplayName $(if ($Bot) { 'FeedWatch bot' } else { 'FeedWatch' }) -StartupType Automatic | Out-Null
}

Invoke-Native sc.exe @('config', $name, 'obj=', $account, 'start=', 'delayed-auto')

$about = if ($Bot) { 'Posts the alerts of a FeedWatch elsewhere.' } else { 'Watches news feeds and tells of takedowns of encrypted-phone networks.' }
Invoke-Native sc.exe @('description', $name, $about)
# Again after 5 s, 30 s, and then every minute; counted anew after an hour without an end. Also where it ends with a code of its own.
Invoke-Native sc.exe @('failure', $name, 'reset=', '3600', 'actions=', 'restart/5000/restart/30000/restart/60000')
Invoke-Native sc.exe @('failureflag', $name, '1')
Invoke-Native sc.exe @('sidtype', $name, 'unrestricted')
# Nothing that an account without rights does not have already.
Invoke-Native sc.exe @('privs', $name, 'SeChangeNotifyPrivilege')

New-Item -ItemType Directory -Path $Data -Force | Out-Null
if ($Bot) { New-Item -ItemType Directory -Path (Join-Path $Data 'bot-data') -Force | Out-Null }
$settings = Join-Path $Data 'appsettings.json'
if (-not (Test-Path -LiteralPath $settings)) {
    $content = [ordered]@{
        Storage = [ordered]@{ DataFolder = (Join-Path $Data 'data') }
        Serilog = [ordered]@{
            WriteTo = @([ordered]@{ Name = 'File'; Args = [ordered]@{ path = (Join-Path $Data 'logs\feedwatch-.log'); rollingInterval = 'Day'; retainedFileCountLimit = 14; shared = $true } })
        }
    }
    [IO.File]::WriteAllText($settings, ($content | ConvertTo-Json -Depth 8), (New-Object Text.UTF8Encoding $false))
}

# Administrators and the service, nobody else: secrets may lie here.
Invoke-Native icacls.exe @($Data, '/inheritance:r', '/grant:r', '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F')
Invoke-Native icacls.exe @($Data, '/grant', "${account}:(OI)(CI)M")
Invoke-Native icacls.exe @($Target, '/grant', "${account}:(OI)(CI)RX")

# Where the event log gets its lines from.
if (-not [Diagnostics.EventLog]::SourceExists('FeedWatch')) { [Diagnostics.EventLog]::CreateEventSource('FeedWatch', 'Application') }

if (-not $NoStart) {
    Start-Service -Name $name
    $running | Where-Object { $_.Name -ne $name } | Start-Service
}

Write-Output "$name is installed$(if ($NoStart) { '.' } else { ' and runs.' }) Settings: $settings"
