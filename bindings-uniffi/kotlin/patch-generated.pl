# patch-generated.pl FILE: adapts UniFFI's generated Kotlin.
# - Checks the texts in the arguments before a call clones a handle or allocates memory (Text.kt).
# - Makes UniFFI's converters internal.
# - Throws WxPusherException.Internal where UniFFI throws an exception of its own (WxPusherException.kt).
use strict;
use warnings;

# The arguments that a call converts, as arguments of requireText.
sub checks {
    my ($call) = @_;
    my @checks;
    while ($call =~ /\.lower\(`(\w+)`\)/g) {
        my $name = $1;
        (my $field = $name) =~ s/([A-Z])/_\L$1/g;
        push @checks, "\"$field\" to `$name`";
    }
    return 'requireText(' . join(', ', @checks) . ')';
}

my $call = qr/uniffiRustCallWithError\(WxPusherException\) (\{ _status ->\n\s*UniffiLib\.\w+\((?:(?!_status\)).)*\.lower\(`(?:(?!_status\)).)*_status\))/s;
my $file = shift;
open(my $in, '<', $file) or die "$file: $!";
my $code = do { local $/; <$in> };
close($in);

$code =~ s/callWithHandle\(block:/callWithHandle(checked: Unit = Unit, block:/g or die "callWithHandle has changed\n";
my $methods = ($code =~ s/callWithHandle \{(\s*)$call/'callWithHandle(' . checks($2) . ") {$1uniffiRustCallWithError(WxPusherException) $2"/ge);
my $functions = ($code =~ s/((?:lift\(|UniffiWithHandle, ?)\s*)$call/"$1uniffiRustCallWithError(WxPusherException.also { " . checks($2) . " }) $2"/ge);
die "the generated calls have changed\n" unless $methods > 10 && $functions > 5;
$code =~ s/^public (object|interface) FfiConverter/internal $1 FfiConverter/mg;
$code =~ s/^class InternalException\(message: String\) : kotlin\.Exception\(message\)$//m or die "InternalException has changed\n";
# For texts that are shown, not sent.
$code =~ s/onMalformedInput\(CodingErrorAction\.REPORT\)/onMalformedInput(CodingErrorAction.REPLACE)/ or die "toUtf8 has changed\n";

open(my $out, '>', $file) or die "$file: $!";
print $out $code;
close($out);
